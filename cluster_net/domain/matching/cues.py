"""Words by which descriptions speak of a field though they are no names of it, in both languages: who makes a catheter makes devices."""

import re
from collections.abc import Mapping

# Concepts of help, money and rooms: they and those below them are read by their cues alone, for prose names them without having them:
# who has offices lets none, and a partner arranges no partnering.
SUPPORT = frozenset({"innovation-support", "research-funding", "venture-capital", "premises"})
# What one seeks or whom one works with: what a description names from there to the end of the sentence is not what it has.
SEEKING = (
    "söker",
    "behöver",
    "letar efter",
    "saknar",
    "efterfrågar",
    "i behov av",
    "arbetat med",
    "samarbetat med",
    "samarbetar med",
    "needs",
    "in need of",
    "seeks",
    "looks for",
    "looking for",
    "lacks",
    "works with",
    "worked with",
    "collaborates with",
    "collaborated with",
)
_SOUGHT = re.compile(rf"\b(?:{'|'.join(SEEKING)})\b[^.;!?]*", re.IGNORECASE)
# Concept of the vocabulary -> words; the names themselves and their synonyms stand in the vocabulary.
CUES: Mapping[str, tuple[str, ...]] = {
    "genomics": ("genomisk", "genomic", "genome"),
    "exposomics": ("exposom", "exposome"),
    "bioimaging": ("mikroskop", "microscopes"),
    "biobanking": ("biobank",),
    "precision-medicine": ("precisionsmedicinsk",),
    "paediatrics": ("pediatrisk", "paediatric"),
    "cardiovascular-diseases": ("hjärta", "blodkärl", "heart", "blood vessels"),
    "neurology": ("neurologisk", "neurological", "Parkinson", "epilepsi", "epilepsy"),
    "diagnostics-development": ("diagnostikföretag", "blodtest", "blood tests"),
    "infectious-diseases": ("infectious", "sepsis"),
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
    "medical-technology": ("medicinteknisk", "kateter", "mikrokateter", "implantat", "catheter", "microcatheter", "implants"),
    "affinity-proteomics": ("antikroppar", "antikroppsföretag", "antibodies", "antibody company"),
    "antibody-discovery": ("antikroppsläkemedel", "utvecklar antikroppar", "antibody drugs", "develops antibodies"),
    "gmp-manufacturing": ("drug manufacturer",),
    "innovation-support": (
        "innovationsstöd",
        "nya företag",
        "tillväxtföretag",
        "innovation support",
        "start-ups",
        "growth companies",
    ),
    "business-development": ("inkubator", "affärsutveckling", "incubator", "business development"),
    "company-establishment": ("stöder etableringar", "investeringsfrämjande", "supports business establishment", "investment promotion"),
    "research-funding": ("forskningsfinansiär", "forskningsfinansierande", "research funder", "research-funding"),
    "venture-capital": (
        "riskkapital",
        "riskkapitalbolag",
        "investerare",
        "investmentbolag",
        "investeringsbolag",
        "investeringsnätverk",
        "venture capital",
        "private equity",
        "investment company",
        "investment network",
    ),
    "premises": ("hyr ut kontor", "hyr ut lokaler", "lets offices", "lets premises"),
}


def without_sought(text: str) -> str:
    """Return *text* without what it seeks or works with: each sentence ends before the first word of SEEKING."""
    return _SOUGHT.sub("", text)
