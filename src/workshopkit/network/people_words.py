"""Words by which names of people are known, and words that only look like one: Dutch and English."""

from __future__ import annotations

__all__ = ["ALSO_WORDS", "GIVEN", "STARTS"]

# Given names of today and of grandparents.
GIVEN = frozenset(
    """
    Aaliyah Abdel Abdullah Achmed Adam Ahmed Aisha Alex Alexander Ali Alice Amber Amina Amir Amira Amy
    Andrea Andrew André Andries Angela Anita Anja Anke Ann Anna Anne Annelies Annemarie Annemieke Annet
    Annette Anneke Anouk Anthony Anton Arie Arjan Arjen Arno Arthur Astrid Ayse Ayşe Barbara Bart Bas Ben
    Bert Berta Bianca Bob Boris Bram Brian Bregje Carla Carlo Carolien Caroline Catharina Charles Charlotte
    Chantal Chris Christa Christiaan Christian Christina Cindy Claudia Coen Cor Corine Cornelis Daan Daniel
    Daniëlle David Dennis Derk Diana Dick Diederik Dirk Dorien Edith Edward Edwin Eefje Elena Elif Elizabeth
    Ellen Els Elsbeth Elly Emily Emma Emre Eric Erica Erik Erwin Esra Esther Eva Eveline Evelien Fadime
    Famke Farid Fatih Fatima Fatma Femke Fien Floor Floris Frank Frans Fred Frederik Freek Gerard Gerda
    Gerrit Gert Gijs Greet Greetje Guus Hadewych Hakan Hanna Hannah Hanneke Hans Harm Harry Hasan Hassan
    Heleen Helen Helena Hendrik Henk Henny Henri Herman Hessel Hilde Hugo Huub Ibrahim Ilse Imane Inge
    Ingrid Irene Iris Isabel Ismail Ivo Jaap Jack Jacob Jacqueline James Jamila Jan Jana Janine Janneke
    Jantine Jasmijn Jasper Jeanette Jelle Jennifer Jeroen Jessica Jesse Jet Job Johan Johanna Johannes John
    Jolanda Joke Joop Joost Jorg Jorrit Joris Jos Joseph Josine Joyce Judith Julia Jurgen Jurre Kamal Karel
    Karen Karim Karin Karlijn Kees Kemal Kevin Khadija Kim Klaas Koen Koos Laila Lars Laura Leo Leon Leyla
    Lianne Lieke Lies Liesbeth Lily Linda Lisa Lisette Lodewijk Loes Lotte Louis Louise Lucas Luuk Maaike
    Maarten Malika Manon Marc Marcel Marco Margot Margreet Maria Marianne Marieke Marijke Marijn Mariska
    Marja Marjan Marjolein Mark Marleen Marlies Martha Martijn Martin Martine Mary Mats Matthew Matthijs
    Maud Maurice Max Mehmet Melissa Menno Mia Michael Michel Michelle Michiel Mieke Mike Milan Miriam Mo
    Mohamed Mohammed Monica Monique Mustafa Nadia Najat Nancy Natalie Nathalie Nick Nicole Niek Niels Nienke
    Nina Noor Noortje Olga Oliver Omar Oscar Otto Patricia Patrick Paul Paula Paulien Peter Petra Philip
    Pien Pieter Piet Pim Rachid Rachel Ralph Ramon Rebecca Reinier Rene René Renske Ria Richard Rik Rita Rob
    Robert Robin Roel Roelof Roger Romy Ronald Roos Rosa Rosanne Roy Ruben Rudi Rutger Ruth Ruud Sabine Said
    Saïd Salma Sam Samantha Samira Samuel Sander Sandra Sanne Sara Sarah Sascha Saskia Sebastiaan Selma
    Serge Sevgi Sharon Silvia Simon Sjaak Sjoerd Sofie Sophie Stefan Steven Stijn Susan Susanne Suzan Sven
    Sylvia Tamara Tanja Teun Theo Thea Thijs Thomas Tim Tine Tineke Tjeerd Tom Ton Tony Toos Truus Umit
    Ursula Vera Victor Vincent Wendy Wessel Wiebe Wietske Wil Will Willem Willemijn William Wilma Wim Wouter
    Yasmin Youssef Yusuf Yvonne Zeynep Zoë
    """.split()
)
# Given names that are words as well, or that start too many sentences: told only with a surname behind them.
ALSO_WORDS = frozenset(
    """
    Adam Bas Floor Jack Jet Job Jos Kim Leo Mark Max Mo Roos Rosa Said Sam Tom Ton Vera Wil Will
    """.split()
)
# Words that start a sentence and are no given names, however they look.
STARTS = frozenset(
    """
    Aan Als Bij Dat De Deze Die Dit Door Een Elke Er Ga Het Hij Hoe Hun Iedere Iemand In Is Jullie Kom Met
    Naar Niemand Nu Om Onder Ons Onze Op Over Per Sinds Tegen Ten Ter Tot Tussen Uit Van Vanuit Via Vanaf
    Volgens Voor Waar Wanneer Wat We Welke Wie Wij Ze Zij Zodra After All And At Before By Each From If Our
    Since The Their They To We When Who With
    """.split()
)
