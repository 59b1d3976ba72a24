"""Words by which descriptions speak of a field though they are no names of it, in both languages: who makes a catheter makes devices."""

from collections.abc import Mapping

# Concept of the vocabulary -> words; the names themselves and their synonyms stand in the vocabulary.
CUES: Mapping[str, tuple[str, ...]] = {
    "cardiovascular-diseases": ("hjärta", "blodkärl", "heart", "blood vessels"),
    "neurology": ("Parkinson", "epilepsi", "epilepsy"),
    "diagnostics-development": ("diagnostikföretag", "blodtest", "blood tests"),
    "infectious-diseases": ("sepsis",),
    "antimicrobial-resistance": ("antibiotika", "resistensbestämning", "antibiotics", "susceptibility testing"),
    "cell-therapy": ("stamceller", "stem cell", "stem cells"),
    "respiratory-diseases": ("astma", "inhalation", "asthma", "inhaled"),
    "drug-discovery": (
        "läkemedelsutvecklare",
        "läkemedelsföretag",
        "läkemedelskandidat",
        "utvecklar läkemedel",
        "drug developer",
        "pharmaceutical company",
        "drug candidate",
        "develops drugs",
    ),
    "medical-technology": ("kateter", "mikrokateter", "implantat", "catheter", "microcatheter", "implants"),
    "antibody-discovery": ("antikroppar", "antibodies", "antibody"),
    "gmp-manufacturing": ("drug manufacturer",),
    "innovation-support": ("nya företag", "tillväxtföretag", "start-ups", "growth companies"),
}
