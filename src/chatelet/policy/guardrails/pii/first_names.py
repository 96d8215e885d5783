"""First names that are common in France: French, European, of the Maghreb, of Africa and of Asia. Written for this."""

from functools import cache
from typing import Final

from chatelet.policy.guardrails.reading import fold

_FRENCH: Final = """
Adèle Adeline Adrien Adrienne Agathe Agnès Aimée Alain Alban Albane Albert Albertine Alex Alexandra Alexandre Alexia
Alexis Alice Alix Aline Alphonse Amandine Ambre Amélie Anaïs Anatole André Andrée Ange Angélique Anne Annick Annie
Anouk Antoine Antoinette Apolline Ariane Aristide Armand Armelle Arnaud Arthur Astrid Aude Audrey Auguste Augustin
Aurélie Aurélien Axel Axelle Baptiste Barbara Barnabé Basile Bastien Béatrice Benjamin Benoît Bérénice Bernadette
Bernard Bertrand Blaise Blandine Boris Brice Brigitte Bruno Camille Candice Carine Carole Caroline Catherine Cécile
Cédric Céleste Célestin Céline Célia Chantal Charles Charline Charlotte Chloé Christelle Christian Christiane
Christine Christophe Claire Clara Clarisse Claude Claudette Claudie Claudine Clémence Clément Clémentine Clotilde
Colette Coline Colin Constance Constant Coralie Corentin Corinne Cyril Cyrille Damien Daniel Danièle Danielle Daphné
David Delphine Denis Denise Désiré Diane Didier Dominique Dorian Dorothée Edgar Edith Edmond Édouard Élie Éliane
Élisa Élisabeth Élise Élodie Éloi Éloïse Elsa Élias Émeline Émile Émilie Émilien Emma Emmanuel Emmanuelle Enzo Éric
Erwan Estelle Esther Étienne Eugène Eugénie Eva Ève Évelyne Fabien Fabienne Fabrice Fanny Félicie Félix Fernand
Fernande Flavie Flavien Florence Florent Florentin Florian Floriane Francine Francis Franck François Françoise
Frédéric Frédérique Gabin Gabriel Gabrielle Gaël Gaëlle Gaëtan Gaspard Gaston Gatien Geneviève Geoffroy Georges
Georgette Gérald Géraldine Gérard Germain Germaine Ghislain Ghislaine Gilbert Gilberte Gildas Gilles Ginette Gisèle
Grégoire Grégory Guilhem Guillaume Gustave Guy Gwenaël Gwenaëlle Gwendoline Habib Hector Hélène Henri Henriette
Hervé Hippolyte Honoré Honorine Hortense Hubert Hugo Hugues Huguette Ida Inès Irène Iris Isabelle Isaure Jacky
Jacqueline Jacques Jade Jean Jeanne Jeannine Jeannot Jérémie Jérémy Jérôme Jocelyn Jocelyne Joël Joëlle Johanna
Jonathan Jordan José Joseph Josépha Joséphine Josette Josiane Jules Julia Julian Julie Julien Julienne Juliette
Justin Justine Kévin Karine Katia Laetitia Lambert Lara Laura Laure Laurence Laurent Laurène Laurie Léa Léandre Léna
Léo Léon Léonard Léonie Léopold Liliane Lilian Lina Line Lise Lisa Loïc Lola Lorenzo Lou Louane Louis Louise Louison
Luc Lucas Luce Lucie Lucien Lucienne Ludivine Ludovic Lydia Lydie Maël Maëlle Maëlys Madeleine Magali Malo Manon
Marc Marceau Marcel Marcelle Margaux Margot Marguerite Marianne Marie Marielle Marin Marina Marine Marion Marius
Marjolaine Marjorie Marlène Marthe Martin Martine Mathias Mathieu Mathilde Mathis Mathéo Matthias Matthieu Maud
Maurice Maxence Maxime Maximilien Mélanie Mélina Mélissa Mélodie Mickaël Michaël Michel Michèle Micheline Michelle
Mireille Monique Morgan Morgane Muriel Myriam Nadège Nadine Natacha Nathalie Nathan Nelly Nicolas Nicole Ninon Noa
Noé Noël Noëlle Noémie Nolan Océane Odette Odile Olga Olive Olivia Olivier Ophélie Oscar Pascal Pascale Patrice
Patricia Patrick Paul Paule Paulette Pauline Perrine Philibert Philippe Philippine Pierre Pierrette Prune Quentin
Rachel Raoul Raphaël Raphaëlle Raymond Raymonde Régine Régis Reine Rémi Rémy Renaud René Renée Richard Robert Robin
Rodolphe Roger Roland Romain Romane Roméo Romuald Ronan Rosalie Rose Roselyne Roxane Sabine Sabrina Salomé Samuel
Sandra Sandrine Sara Sarah Sébastien Séverine Serge Séraphine Simon Simone Solange Solène Soline Sophie Stéphane
Stéphanie Suzanne Suzon Sylvain Sylvaine Sylvestre Sylvette Sylviane Sylvie Tanguy Tatiana Théo Théodore Théophile
Thérèse Thibaud Thibault Thibaut Thierry Thomas Timéo Timothée Tiphaine Tom Tristan Ugo Ulysse Urbain Ursule
Valentin Valentine Valérie Valéry Vanessa Véronique Vianney Victor Victoire Victoria Vincent Violaine Violette
Matéo Mattéo Yannis Yanis Rayan Ilyès Ilyes Naël Liam Noam Milo Tiago Elio Nino Aymen Ayden Soan Kaïs Imran Mila Lya
Léana Inaya Assia Lyna Éden Maïssa Aya Kenza Livia Alya Romy Giulia Mya Albane Énora Maëva Kelly Cassandra Bryan Steven
Cyprien Virginie Vivien Viviane Wilfried William Xavier Yann Yannick Yohan Yolande Yves Yvette Yvon Yvonne Zélie Zoé
"""
_OF_ELSEWHERE: Final = """
Aaron Adam Adriana Agata Agnieszka Aisha Alan Alberto Alejandro Alessandra Alessandro Alessia Alfonso Alfred Alison
Amanda Amelia Amy Ana Anastasia Anders Andrea Andreas Andrei Andrew Angela Angelo Anita Anna Anthony Antonella
Antonio Ashley Beata Benedikt Beatriz Beth Bianca Björn Brandon Brenda Brian Carla Carlo Carlos Carmen Carol
Catalina Cathy Charlie Chiara Christina Christopher Claudia Connor Cristian Cristina Cynthia Daniela Daniele Daniela
Debra Deborah Dennis Diana Diego Dimitri Dmitri Dolores Donald Donna Dorothy Douglas Dylan Edward Elena Eleanor
Elizabeth Ella Ellen Emily Emil Enrico Eric Erika Ernesto Ethan Evan Evelyn Federico Fernando Filipe Filippo Fiona
Francesca Francesco Francisco Frank Franz Fred Frederick Friedrich Gary Gemma George Gerald Gianluca Giorgio
Giovanni Giulia Giuseppe Gloria Grace Graham Grzegorz Günter Hannah Hans Harold Harry Heather Heidi Heinrich Helen
Helga Henry Hilda Holly Howard Ian Igor Ingrid Irina Isabel Isabella Ivan Jack Jacob Jake James Jan Jane Janet
Janusz Jason Javier Jeff Jeffrey Jennifer Jessica Jesús Jim Joan João Joaquín Joe Johann Johannes John Jorge Joshua
Joyce Juan Judith Jürgen Karen Karl Katarzyna Kate Katharina Katherine Kathleen Keith Kelly Kenneth Klaus Krzysztof
Kyle Larry Lars Lauren Leonardo Leslie Linda Luca Luigi Luis Luisa Lukas Maciej Magdalena Małgorzata Manuel Manuela
Marco Marek Margaret Margarita Maria María Mariana Mario Mark Marta Martina Martín Mary Mateusz Matteo Matthew Max
Megan Melissa Michael Michał Miguel Mihai Mikhail Monica Nancy Natalia Natasha Neil Nicholas Nicola Nikolai Nina
Nuno Oleg Oliver Olivia Oksana Pablo Pamela Paola Paolo Patrizia Pavel Pedro Peter Petra Philip Piotr Rachel Rafael
Ralph Ramón Raquel Rebecca Ricardo Riccardo Rita Roberta Roberto Rodrigo Ronald Rosa Rosemary Ruth Ryan Salvatore
Samantha Sam Scott Sean Sergio Sergei Sharon Silvia Simona Sofia Stanislav Stefan Stefano Stephen Steven Stuart
Susan Svetlana Tadeusz Tatjana Teresa Thiago Tiago Timothy Tomasz Tony Tyler Ulrich Ursula Uwe Valentina Vera
Vladimir Walter Wanda Wendy Werner Wolfgang Yuri Zofia
"""
_OF_THE_SOUTH_AND_EAST: Final = """
Abdallah Abdel Abdelaziz Abdelhak Abdelkader Abdelkrim Abderrahmane Abdou Abdoulaye Achraf Adama Adel Aïcha Aïssatou
Ahmed Ahmet Akram Ali Alioune Alpha Amadou Amal Amar Amel Amin Amina Aminata Amine Amira Amir Anis Anissa Anwar
Arezki Asma Assia Assane Awa Ayoub Aya Aymen Aziz Aziza Bachir Badr Bakary Bilal Bilel Binta Bintou Boubacar Brahim
Chahinez Chaïma Cheikh Cherif Coumba Dalila Daouda Diarra Djamel Djamila Djibril Driss Elif Emre Fadila Faïza Farah
Farid Farida Faouzi Fatiha Fatima Fatou Fatoumata Fatma Ferhat Fethi Fouad Fatimata Ghassan Habiba Hadja Hafid
Hafida Hakim Halima Hamid Hamza Hana Hanane Hasan Hassan Hassane Hatem Hayat Hicham Hind Houda Houria Hussein
Ibrahim Ibrahima Idriss Idrissa Ilham Ilyes Ilyas Imad Imane Imran Ismaël Ismaïl Issa Jalil Jamal Jamila Jihane Kaïs
Kadiatou Kamel Kamal Karim Karima Kenza Khadija Khaled Khadidja Khalid Koffi Kouassi Laïla Lamia Lamine Larbi Latifa
Layla Leïla Lila Lotfi Loubna Lounès Madjid Mahamadou Mahdi Mahmoud Malek Malik Malika Mamadou Marwa Marwan Maryam
Mehdi Mehmet Meriem Mériem Messaoud Miloud Modou Mohamed Mohammed Mohand Mokhtar Moktar Monia Mounir Mouloud Mounia
Mourad Moussa Mustafa Mustapha Nabil Nabila Nadia Nadir Nadjet Naïma Najat Najib Naoufel Nasser Nassim Nassima Nawal
Nora Noura Nour Noureddine Omar Oumar Oumou Oumy Ousmane Ounissa Rabah Rachid Rachida Rafik Raja Ramata Ramzi Rania
Rayan Rayane Réda Redouane Rim Riad Rokhaya Saïd Saïda Safia Salah Salem Salim Salima Sami Samia Samir Samira Samy
Sana Sanaa Seydou Sékou Selim Selma Sidi Siham Slimane Sofiane Sonia Soraya Souad Soufiane Souleymane Soumaya Tahar
Tarek Tarik Tidiane Toufik Wafa Wahiba Walid Warda Wassim Yacine Yacouba Yamina Yasmina Yasmine Yassine Younès
Youssef Youssouf Yusuf Zahia Zahra Zakaria Zaynab Zineb Zinedine Zohra Zoubida Zoulikha Arjun Deepak Fatemeh Haruto
Hiroshi Huong Kenji Kwame Lakshmi Linh Mei Minh Nguyet Nikhil Priya Rajesh Ravi Sanjay Sunita Thanh Thi Thuy Vijay
Wei Yuki Yoko Xin Jun Kofi Kwabena Chidi Ngozi Chukwu Ifeoma Adaeze Babacar Khady Ndeye Mame Serigne Pape Astou
Marième Nafissatou Ramatoulaye
"""
_FAMOUS: Final = """
victor hugo|marie curie|pierre curie|jules ferry|jean jaures|jean moulin|albert einstein|isaac newton|charles darwin
|louis pasteur|albert camus|jean-paul sartre|simone de beauvoir|simone veil|emile zola|honore de balzac
|gustave flaubert|charles baudelaire|arthur rimbaud|paul verlaine|marcel proust|jean racine|pierre corneille
|jean de la fontaine|blaise pascal|rene descartes|charles de gaulle|victor schœlcher|leon blum|georges clemenceau
|georges pompidou|francois mitterrand|jacques chirac|nicolas sarkozy|francois hollande|emmanuel macron
|raymond poincare|henri poincare|leonard de vinci|pablo picasso|claude monet|paul cezanne|vincent van gogh
|henri matisse|auguste rodin|camille claudel|george sand|jean-jacques rousseau|denis diderot|alan turing
|ada lovelace|claude shannon|marie-antoinette|joseph staline|adolf hitler|winston churchill|jules verne|jules cesar
|louis xiv|louis xvi|napoleon bonaparte|antoine de saint-exupery|jacques prevert|guillaume apollinaire|paul eluard
|louis aragon|michel foucault|pierre bourdieu|claude levi-strauss|roland barthes|gilles deleuze|hannah arendt
|karl marx|max weber|emile durkheim|sigmund freud|john kennedy|donald trump|joe biden|barack obama|angela merkel
|vladimir poutine|margaret thatcher|martin luther|nelson mandela|frederic chopin|claude debussy|maurice ravel
|georges bizet|hector berlioz|robert schuman|jean monnet|simon bolivar|alexandre dumas|guy de maupassant
|marguerite duras|marguerite yourcenar|andre malraux|aime cesaire|leopold sedar|frantz fanon|olympe de gouges
|louise michel|flora tristan|robert badinter|pierre mendes|edith piaf|charles aznavour|agatha christie
|sherlock holmes|harry potter|james bond|jean valjean|emma bovary|hercule poirot|arsene lupin|don quichotte
|anne frank|steve jobs|bill gates|tim berners-lee|linus torvalds|grace hopper|rosalind franklin|charles martel
|catherine deneuve|gerard depardieu|jean gabin|brigitte bardot|alain delon|albert londres|jean vilar|jean cocteau
|jean giono|andre gide|francois villon|francois rabelais|jean calvin|thomas more|thomas hobbes|john locke|adam smith
|david hume|david ricardo|milton friedman|thomas piketty|jean tirole|esther duflo|robert oppenheimer|richard feynman
|stephen hawking|marie stuart|william shakespeare|oscar wilde|jane austen|charles dickens|george orwell
|ernest hemingway|edgar poe|mark twain|henri bergson|paul ricœur|paul valery|charles peguy
"""


@cache
def first_names() -> frozenset[str]:
    """Return the first names, folded."""
    return frozenset(fold(f"{_FRENCH} {_OF_ELSEWHERE} {_OF_THE_SOUTH_AND_EAST}").split())


@cache
def famous_lengths() -> tuple[int, ...]:
    """Return the lengths of these names, each once."""
    return tuple({len(name) for name in famous_names()} - {0})


@cache
def famous_names() -> frozenset[str]:
    """Return persons of history and of books, folded: to write of them tells nothing of anybody's life."""
    return frozenset(name.strip() for name in fold(_FAMOUS).replace("\n", "").split("|"))
