"""Makes values that look as people write them, right by their check digits, and look-alikes that are wrong."""

import random
import string

FIRST = """Jean Marie Pierre Sophie Mohamed Fatima Camille Léa Hugo Chloé Karim Nadia Jean-Pierre Marie-Claude Anne-Sophie Élodie Étienne Zoé
Mamadou Aïssatou Giulia Carlos Inès Thérèse Yann Gwenaëlle Benoît Rachid Samira Youssef Olivier Catherine Björn Agnieszka Linh Priya""".split()
LAST = """Dupont Martin Lefebvre Moreau Garcia Benali Traoré Nguyen Le-Goff Rousseau Petit Durand Girard Bonnet Lambert Fontaine Rivière Schmitt
Da-Silva Kowalski Haddad Diallo Cohen Roussel Boucher Marchand Perrot Delaunay Chevallier Poirier Renault Gauthier Aubry Bellanger Maréchal Sissoko""".split()
STREETS = """rue des Lilas|avenue de la République|boulevard Voltaire|impasse du Moulin|place de l'Église|allée des Cerisiers|chemin des Vignes|rue du 11 Novembre 1918
|quai de la Fosse|route de Bordeaux|rue Victor-Hugo|avenue du Général de Gaulle|cours Lafayette|square Saint-Lambert|rue Paul Bert|rue de l'Abbé Grégoire|passage des Panoramas""".replace(
    "\n", ""
).split("|")
TOWNS = """75011 Paris|69003 Lyon|13001 Marseille|44000 Nantes|35000 Rennes|33000 Bordeaux|59800 Lille|67000 Strasbourg|97400 Saint-Denis|20000 Ajaccio
|06300 Nice|87000 Limoges|29200 Brest|63000 Clermont-Ferrand|76600 Le Havre|93200 Saint-Denis|38000 Grenoble|97110 Pointe-à-Pitre""".replace(
    "\n", ""
).split("|")
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
HEALTH = """diabète de type 2|cancer du sein|sclérose en plaques|dépression sévère|asthme|épilepsie|insuffisance rénale chronique|hypertension artérielle|maladie de Crohn
|hépatite C|trouble bipolaire|schizophrénie|fibromyalgie|endométriose|AVC|infarctus du myocarde|maladie de Parkinson|leucémie|burn-out|VIH|lombalgie chronique|autisme|anorexie""".replace(
    "\n", ""
).split("|")
_GAPS = [" ", "", " ", ".", "-", "\u00a0", "\u202f"]


class Maker:
    """Makes values from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)

    def digits(self, count: int) -> str:
        return "".join(self.chance.choice(string.digits) for _ in range(count))

    def grouped(self, plain: str, sizes: list[int], gap: str) -> str:
        groups, at = [], 0
        for size in sizes:
            groups.append(plain[at : at + size])
            at += size
        return gap.join([*groups, plain[at:]] if plain[at:] else groups)

    def nir(self, *, right: bool = True) -> str:
        chance = self.chance
        place = chance.choice(["2A", "2B", "971", "974", "99", *[f"{n:02}" for n in range(1, 96) if n != 20]])
        commune = self.digits(5 - len(place))
        body = f"{chance.choice('12')}{chance.randrange(100):02}{chance.randrange(1, 13):02}{place}{commune}{self.digits(3)}"
        number = int(body.replace("2A", "19").replace("2B", "18"))
        key = 97 - number % 97
        key = key if right else key % 97 + 1
        gap = chance.choice(_GAPS)
        written = self.grouped(body, [1, 2, 2, 2, 3, 3], gap)
        return f"{written}{chance.choice([gap, gap, ' '])}{key:02}"

    def luhn(self, body: str) -> str:
        total = sum(sum(divmod(int(d) * (2 - i % 2), 10)) for i, d in enumerate(reversed(body)))
        return body + str(-total % 10)

    def siren(self) -> str:
        return self.grouped(
            self.luhn(self.chance.choice("345789") + self.digits(7)), [3, 3, 3], self.chance.choice([" ", "", "\u00a0"])
        )

    def siret(self, *, right: bool = True) -> str:
        siren = self.luhn(self.chance.choice("345789") + self.digits(7))
        plain = self.luhn(siren + "000" + self.digits(1))
        plain = plain if right else plain[:-1] + str((int(plain[-1]) + 3) % 10)
        return self.grouped(plain, [3, 3, 3, 5], self.chance.choice([" ", "", " ", "\u00a0"]))

    def iban(self, *, right: bool = True) -> str:
        country, body = self.chance.choice(
            [
                ("FR", self.digits(10) + self.digits(9) + self.chance.choice(string.ascii_uppercase) + self.digits(3)),
                ("FR", self.digits(23)),
                ("FR", self.digits(23)),
                ("DE", self.digits(18)),
                ("BE", self.digits(12)),
                ("GB", "NWBK" + self.digits(14)),
                ("ES", self.digits(20)),
                ("IT", "X" + self.digits(22)),
                ("CH", self.digits(17)),
                ("LU", self.digits(16)),
                ("MC", self.digits(23)),
                ("NL", "ABNA" + self.digits(10)),
                ("PT", self.digits(21)),
            ]
        )
        number = int("".join(str(int(c, 36)) for c in body + country + "00"))
        key = 98 - number % 97
        key = key if right else key % 97 + 1
        plain = f"{country}{key:02}{body}"
        sizes = [4] * (len(plain) // 4)
        return self.grouped(plain, sizes, self.chance.choice([" ", "", " ", "\u00a0", "-"]))

    def card(self, *, right: bool = True) -> str:
        body, sizes = self.chance.choice(
            [
                ("4" + self.digits(14), [4] * 4),
                ("5" + self.chance.choice("12345") + self.digits(13), [4] * 4),
                ("37" + self.digits(12), [4, 6, 5]),
                ("4970" + self.digits(11), [4] * 4),
            ]
        )
        plain = self.luhn(body)
        plain = plain if right else plain[:-1] + str((int(plain[-1]) + 5) % 10)
        return self.grouped(plain, sizes, self.chance.choice([" ", "", "-", " "]))

    def phone(self) -> str:
        c = self.chance
        nine = c.choice("123456679") + self.digits(8)
        pairs = [nine[0], nine[1:3], nine[3:5], nine[5:7], nine[7:]]
        gap = c.choice([" ", ".", "-", "", "\u00a0", "/", "\u202f", " "])
        return c.choice(
            [
                "0" + gap.join(pairs),
                "0" + gap.join(pairs),
                "0" + gap.join(pairs),
                "+33 " + " ".join(pairs),
                "+33" + nine,
                "0033 " + " ".join(pairs),
                "+33 (0)" + " ".join(pairs),
                "+33(0)" + ".".join(pairs),
                "0033" + nine,
                "(+33) " + " ".join(pairs),
                f"0{nine[:3]} {nine[3:6]} {nine[6:]}",
                "0262 " + " ".join(pairs[2:]),
                "+262 692 " + " ".join(pairs[2:]),
                "+590 690 " + " ".join(pairs[2:]),
                "0 800 " + f"{nine[3:6]} {nine[6:]}",
                "+32 2 " + f"{nine[2:5]} {nine[5:7]} {nine[7:]}",
                "+49 30 " + nine[1:],
                "+1 212 555 0" + nine[6:],
                "+212 6 " + " ".join(pairs[1:]),
                f"+33-{'-'.join(pairs)}",
            ]
        )

    def first(self) -> str:
        return self.chance.choice(FIRST)

    def last(self) -> str:
        return self.chance.choice(LAST).replace("-", " ") if self.chance.random() < 0.5 else self.chance.choice(LAST)

    def name(self) -> str:
        first, last = self.first(), self.last()
        return self.chance.choice(
            [f"{first} {last}", f"{first} {last}", f"{first} {last.upper()}", f"{last.upper()} {first}"]
        )

    def email(self) -> str:
        c = self.chance
        first, last = (
            c.choice(["jean", "m.claire", "k", "lea-marie", "n_haddad", "j.p", "françois"]),
            c.choice(["dupont", "legoff", "o'brien", "martin75", "benali"]),
        )
        host = c.choice(
            [
                "exemple.fr",
                "univ-exemple.fr",
                "ac-exemple.gouv.fr",
                "mail.exemple.org",
                "exemple.com",
                "ville-éxemple.fr",
                "EXEMPLE.NET",
                "sante.exemple.gouv.fr",
            ]
        )
        return f"{first}{c.choice(['.', '_', '+'])}{last}@{host}"

    def date(self) -> str:
        c = self.chance
        year, month, day = c.randrange(1932, 2012), c.randrange(1, 13), c.randrange(1, 29)
        return c.choice(
            [
                f"{day:02}/{month:02}/{year}",
                f"{day:02}/{month:02}/{year}",
                f"{day:02}-{month:02}-{year}",
                f"{day:02}.{month:02}.{year}",
                f"{day} {MONTHS[month - 1]} {year}",
                f"{'1er' if day == 1 else day} {MONTHS[month - 1]} {year}",
                f"{year}-{month:02}-{day:02}",
                f"{day:02}/{month:02}/{year % 100:02}",
            ]
        )

    def address(self) -> str:
        c = self.chance
        street, town = c.choice(STREETS), c.choice(TOWNS)
        number = f"{c.randrange(1, 200)}{c.choice(['', '', '', ' bis', ' ter', 'B'])}"
        whole = f"{number}{c.choice([' ', ', '])}{street}{c.choice([', ', ' - ', chr(10), ' '])}{town}"
        return c.choice([whole, whole, whole, whole.upper(), f"{number} {street}"])

    def ip(self) -> str:
        c = self.chance
        return c.choice(
            [
                f"{c.randrange(11, 223)}.{c.randrange(256)}.{c.randrange(256)}.{c.randrange(1, 255)}",
                f"2001:db8:{c.randrange(1, 9999):x}::{c.randrange(1, 9999):x}",
            ]
        )

    def document(self) -> str:
        c = self.chance
        return c.choice(
            [
                f"passeport n° [[identity_document|{self.digits(2)}{c.choice(['AB', 'CK', 'FV'])}{self.digits(5)}]]",
                f"carte nationale d'identité numéro [[identity_document|{self.digits(12)}]]",
                f"CNI : [[identity_document|{c.choice('XDFP')}{self.digits(1)}{c.choice(['RTB', 'KLM'])}{self.digits(1)}W{self.digits(2)}]]",
                f"permis de conduire n° [[identity_document|{self.digits(2)}A{c.choice('ABC')}{self.digits(5)}]]",
                f"numéro fiscal : [[identity_document|{c.choice('0123')}{self.digits(12)}]]",
                f"titre de séjour [[identity_document|{self.digits(10)}]]",
            ]
        )

    def health(self) -> str:
        return self.chance.choice(HEALTH)
