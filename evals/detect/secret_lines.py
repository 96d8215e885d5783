"""Lines with secrets, and lines that only look so. Keys are put together here, so that no scanner takes them for real."""

import base64
import string

from evals.annotated import record
from evals.detect.making import Maker

_ALNUM = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"
_CAPITALS = string.ascii_uppercase + "234567"
# `{prefix‖alphabet*length}`: a key made of a prefix and random characters.
_WITH = """
aws_access_key_id = {AK+IA|C16}
clé AWS : {AS+IA|C16} (à révoquer)
AWS_SECRET_ACCESS_KEY={|B40}
aws_secret_access_key: "{|B40}"
maps.init("{AI+za|W35}")
GOOGLE_API_KEY={AI+za|W35}
token {gh+p_|A36} pour le dépôt
git clone https://{gh+o_|A36}@github.com/org/depot.git
export GITHUB_TOKEN={github+_pat_|A22}_{|A59}
glpat : {glp+at-|A20}
SLACK={xox+b-|D12}-{|D12}-{|A24}
webhook https://hooks.slack.com/services/T{|C8}/B{|C8}/{|A24}
stripe.api_key = "{sk_+live_|A24}"
STRIPE_SECRET={sk_+test_|A24}
OPENAI_API_KEY={sk-+proj-|A48}
openai: {sk-+|A48}
ANTHROPIC_API_KEY={sk-+ant-api03-|A80}
MISTRAL_API_KEY={|A32}
HF_TOKEN={hf+_|A34}
TWILIO_API_KEY={S+K|H32}
sendgrid {S+G.|A22}.{|A43}
//registry/:_authToken={np+m_|A36}
password = {py+pi-AgEI|A80}
jeton : {ey+JhbGciOiJIUzI1NiJ9.eyJ|A40}.{|A43}
Authorization: Bearer {ey+JhbGciOiJSUzI1NiJ9.eyJ|A60}.{|A86}
Authorization: Bearer {|A40}
DATABASE_URL=postgres://app:{|P14}@db.interne:5432/app
mongodb+srv://lecteur:{|P12}@grappe.exemple.net/base
redis://:{|P16}@cache:6379/0
amqp://svc:{|P10}@mq.interne
https://jean:{|P9}@depot.exemple.fr/projet.git
DB_PASSWORD={|P12}
db_password: "{|P12}"
"password": "{|P11}",
password={|P13}
spring.datasource.password={|P12}
Mot de passe : {|P10}
mot de passe provisoire : {|P9}
Votre mot de passe est {|P10}.
Identifiant jdupont, mdp {=|P9}
mdp: {|P8}
Le mot de passe du wifi est {|P12}
login: admin / password: {|P9}
Server=sql;Database=rh;User Id=sa;Password={|P12};
DefaultEndpointsProtocol=https;AccountName=x;AccountKey={|B86}==;
client_secret: {|A34}
CLIENT_SECRET="{|A40}"
api_key = '{|H32}'
X-Api-Key: {|A32}
JWT_SECRET={|H64}
secret_key_base: {|H64}
curl -u admin:{|P10} https://exemple.fr/api
mysql -u root -p{|P9} base
sshpass -p '{|P10}' ssh serveur
PGPASSWORD={|P11} psql -h db
machine exemple.fr login jean password {|P11}
db.exemple.fr:5432:base:jean:{|P12}
const token = "{|A32}";
SCW_SECRET_KEY={|U}
dockerhub {dckr+_pat_|A27}
AGE: {AGE+-SECRET-KEY-1|C58}
{7|D9}:AA{|W33}
DIGITALOCEAN={do+p_v1_|H64}
vault {hv+s.|A24}
{"private_key_id": "x", "client_secret": "{GOC+SPX-|A28}"}
terraform {|A14}.atlasv1.{|A64}
clé API : {|A32}
ma clé secrète = {|A28}
LDAP_BIND_PASSWORD: {|P14}
root:{|P10} (mot de passe du serveur = {|P10})
"""
_WITHOUT = """
id: 3f2504e0-4f89-41d3-9a0c-0305e82c3301
commit 9fceb02d0ae598e95dc970b74767f19372d61af8
<script src="app.js" integrity="sha384-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC"></script>
sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
![](data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==)
AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE
password=changeme
DB_PASSWORD=${DB_PASSWORD}
password: "<votre mot de passe>"
api_key = os.environ["API_KEY"]
token = process.env.TOKEN
Mot de passe : ********
Mot de passe oublié ? Cliquez ici.
Votre mot de passe doit contenir 12 caractères dont un chiffre.
ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7mWgkqvE1T9pE8x9kz0nq1rVJmJ0tFf3yQzHkM2sT6pLrO5w jean@poste
-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJRTESMBAGA1UEChMJ\n-----END CERTIFICATE-----
-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEVs/o5+uQbTjL3chynL4wXgUg2R9q9UU8I5mEovUf86Q\n-----END PUBLIC KEY-----
doi:10.1038/s41586-020-2649-2
NOR : JUSC2012345A
Lorem ipsum dolor sit amet consectetur adipiscing elit
password: string;
def connexion(utilisateur: str, password: str) -> Session:
max_tokens=4096, temperature=0.2
"password": "Mot de passe"
"token_type": "bearer", "expires_in": 3600
secret: {{ vault_secret }}
api_key: YOUR_API_KEY_HERE
sk-...
curl -H "Authorization: Bearer $TOKEN" https://exemple.fr
postgres://user:password@localhost/base
postgresql://${USER}:${PASS}@db/base
pk_live_ clé publique de Stripe
pip install --hash=sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824
ETag: "33a64df551425fcc55e4d42a148795d9f25f89d4"
/usr/lib/x86_64-linux-gnu/libssl.so.1.1.0.20230612
https://exemple.fr/articles/le-mot-de-passe-est-mort-vive-la-cle-d-acces
password_hash = Column(String(128), nullable=False)
Le secret de la réussite : travailler tous les jours
Le token est l'unité de découpage des textes par les modèles.
Référence colis : 6A12345678901, suivi Chronopost XY123456789FR
Numéro de série : SN-4F7G-88HJ-2KLM-90QW
password = getpass.getpass()
<input type="password" name="password" placeholder="Mot de passe" />
The password is required and must be at least 8 characters long.
tokenizer="cl100k_base", token_count=512
secretKeyRef: name: base-secret
PASSWORD_RESET_TIMEOUT=3600
docker pull exemple/app@sha256:4bb4ca5f1b8a4a5b6f0a1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5
md5 d41d8cd98f00b204e9800998ecf8427e  vide.txt
Merci de changer votre mot de passe : la procédure est sur l'intranet.
clé primaire : id_utilisateur, clé étrangère : id_unite
gpg: key 0x4AEE18F83AFDEB23 public key imported
Bitcoin 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa
window.__STATE__={"csrfToken":null,"user":null}
Content-Security-Policy: script-src 'nonce-r4nd0m' 'sha256-B2yPHKaXnvFWtRChIbabYmUBFZdVfKKXHbWtWidDVF8='
"""
_PEM = (
    "RSA PRIVATE KEY",
    "PRIVATE KEY",
    "EC PRIVATE KEY",
    "OPENSSH PRIVATE KEY",
    "ENCRYPTED PRIVATE KEY",
    "PGP PRIVATE KEY BLOCK",
)


def secret_records(maker: Maker) -> list[dict[str, object]]:
    """Return records with secrets (three of each form), then without."""
    made: list[dict[str, object]] = []
    for number, line in enumerate(_WITH.strip().splitlines()):
        made += [record(f"secret-{number:02}-{turn}", _filled(maker, line), {}) for turn in range(3)]
    for number, name in enumerate(_PEM):
        body = "\n".join("".join(maker.chance.choice(_ALNUM + "+/") for _ in range(64)) for _ in range(8))
        key = f"-----BEGIN {name}-----\n{body}\n-----END {name}-----"
        made.append(record(f"pem-{number}", f"Voici la clé :\n[[any|{key}]]\nmerci", {}))
    basic = base64.b64encode(b"jean:Tr0ub4dor&3").decode()
    made.append(record("basic", f"Authorization: Basic [[any|{basic}]]", {}))
    made += [
        record(f"look-{n:02}", line.replace("\\n", "\n"), {}) for n, line in enumerate(_WITHOUT.strip().splitlines())
    ]
    return made


def _filled(maker: Maker, line: str) -> str:
    marked, rest = "", line
    while "{" in rest and "|" in rest:
        before, _, after = rest.partition("{")
        inner, _, rest = after.partition("}")
        if "|" not in inner:
            marked += before + "{" + inner + ("}" if "}" in after else "")
            continue
        prefix, _, form = inner.partition("|")
        value = prefix.replace("+", "", 1 if prefix.count("+") else 0).lstrip("=") + _random(maker, form)
        marked += f"{before}\0{value}\1"
    marked += rest
    parts = marked.split("\0", 1)
    if len(parts) == 1:
        return marked
    whole = parts[0] + "[[any|" + parts[1].replace("\0", "")
    head, _, tail = whole.rpartition("\1")
    return head.replace("\1", "") + "]]" + tail


def _random(maker: Maker, form: str) -> str:
    chance, sort, length = maker.chance, form[0], int(form[1:] or 0)
    if sort == "U":
        digits = "".join(chance.choice(_HEX) for _ in range(32))
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
    if sort == "P":
        core = "".join(chance.choice(_ALNUM) for _ in range(length - 2))
        return core + chance.choice("0123456789") + chance.choice("!?#$%*+-_7")
    alphabet = {"A": _ALNUM, "H": _HEX, "C": _CAPITALS, "D": string.digits, "B": _ALNUM + "+/", "W": _ALNUM + "_-"}[
        sort
    ]
    return "".join(chance.choice(alphabet) for _ in range(length))
