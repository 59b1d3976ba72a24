"""The controlled words of the model with their Swedish and English labels."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Language = Literal["sv", "en"]
LANGUAGES: tuple[Language, ...] = ("sv", "en")


def other_language(language: Language) -> Language:
    """Return the language that *language* is not."""
    return "en" if language == "sv" else "sv"


class Words(NamedTuple):
    """One word in both languages."""

    sv: str
    en: str

    def in_language(self, language: Language) -> str:
        """Return the word in *language*."""
        return self.sv if language == "sv" else self.en

    def spoken(self, language: Language) -> tuple[str, Language]:
        """Return the text in *language*, else in the other one, and the language it is in."""
        other = other_language(language)
        own = self.in_language(language)
        return (self.in_language(other), other) if not own and self.in_language(other) else (own, language)


class TieWords(NamedTuple):
    """A type of collaboration as read from its start and from its end, and how strong a tie it is (0-1]."""

    forward: Words
    backward: Words
    strength: float


ORGANISATION_KINDS: Mapping[str, Words] = {
    "university": Words("universitet eller högskola", "university"),
    "hospital": Words("sjukhus eller vårdgivare", "hospital or care provider"),
    "region": Words("region", "region"),
    "municipality": Words("kommun", "municipality"),
    "agency": Words("myndighet", "agency"),
    "company": Words("företag", "company"),
    "investor": Words("investerare", "investor"),
    "foundation": Words("stiftelse", "foundation"),
    "funder": Words("finansiär", "funder"),
    "cluster-organisation": Words("klusterorganisation", "cluster organisation"),
    "incubator": Words("inkubator", "incubator"),
    "science-park": Words("science park", "science park"),
    "institute": Words("institut", "institute"),
    "patient-organisation": Words("patientorganisation", "patient organisation"),
    "organisation": Words("annan organisation", "other organisation"),
}
INFRASTRUCTURE_KINDS: Mapping[str, Words] = {
    "infrastructure": Words("forskningsinfrastruktur", "research infrastructure"),
    "platform": Words("plattform", "platform"),
    "unit": Words("enhet", "unit"),
    "testbed": Words("testbädd", "testbed"),
    "biobank": Words("biobank", "biobank"),
    "register": Words("register", "register"),
    "compute": Words("beräkningsresurs", "computing resource"),
}
ACTOR_KINDS: Mapping[str, Words] = {**ORGANISATION_KINDS, **INFRASTRUCTURE_KINDS}
CONCEPT_KINDS: Mapping[str, Words] = {
    "capability": Words("förmåga", "capability"),
    "technique": Words("metod", "technique"),
    "therapy-area": Words("terapiområde", "therapy area"),
    "modality": Words("modalitet", "modality"),
}
NEED_KINDS: Mapping[str, Words] = {
    "technology": Words("teknik", "technology"),
    "business": Words("affärssamarbete", "business"),
    "research": Words("forskning", "research"),
    "test-request": Words("test eller validering", "test request"),
    "clinical-need": Words("kliniskt behov", "clinical need"),
    "data-access": Words("data eller prover", "data or sample access"),
    "trial-feasibility": Words("klinisk prövning", "trial feasibility"),
    "capital": Words("kapital", "capital"),
    "skills": Words("kompetens", "skills"),
    "site": Words("plats och etablering", "site"),
}
OFFER_KINDS: Mapping[str, Words] = {
    "call": Words("utlysning", "call"),
    "funding-instrument": Words("finansieringsform", "funding instrument"),
    "support-programme": Words("stödprogram", "support programme"),
    "data-access": Words("tillgång till data eller prover", "data or sample access"),
    "trial-service": Words("stöd till kliniska prövningar", "trial service"),
    "test-service": Words("testtjänst", "test service"),
    "site": Words("plats och lokaler", "site"),
    "expertise": Words("expertis", "expertise"),
}
ROLES: Mapping[str, Words] = {
    "need-owner": Words("behovsägare", "need owner"),
    "entrepreneur": Words("entreprenör", "entrepreneur"),
    "company": Words("befintligt företag", "existing company"),
    "funder": Words("finansiär", "funder"),
    "testbed": Words("testbädd eller infrastruktur", "testbed or infrastructure"),
    "university": Words("universitet", "university"),
    "hospital": Words("vårdgivare", "care provider"),
    "adviser": Words("rådgivare", "adviser"),
    "municipality": Words("kommun", "municipality"),
}
ACCESS_TYPES: Mapping[str, Words] = {
    "physical": Words("på plats", "on site"),
    "remote": Words("på distans", "remotely"),
    "mail_in": Words("skicka prover", "by mailed samples"),
    "virtual": Words("digitalt", "online"),
}
ACCESS_MODES: Mapping[str, Words] = {
    "free": Words("kostnadsfritt", "free"),
    "free_conditionally": Words("kostnadsfritt på villkor", "free on conditions"),
    "peer_reviewed": Words("efter granskad ansökan", "after peer review"),
    "paid": Words("mot avgift", "paid"),
}
ACCESS: Mapping[str, Words] = {**ACCESS_TYPES, **ACCESS_MODES}
USER_GROUPS: Mapping[str, Words] = {
    "academia": Words("akademi", "academia"),
    "industry": Words("företag", "industry"),
    "healthcare": Words("vård", "health care"),
    "authorities": Words("myndigheter", "authorities"),
    "public": Words("allmänhet", "the public"),
}
ENVIRONMENTS: Mapping[str, Words] = {
    "lab": Words("laboratorium", "laboratory"),
    "data": Words("data", "data"),
    "clinical": Words("klinisk miljö", "clinical setting"),
    "population": Words("befolkning", "population"),
    "field": Words("fält", "field"),
    "home": Words("hemmiljö", "home"),
    "simulated": Words("simulerad miljö", "simulated setting"),
    "production": Words("produktion", "production"),
    "pilot-plant": Words("pilotanläggning", "pilot plant"),
    "veterinary": Words("veterinärmedicin", "veterinary"),
}
QUALITY_WORDS: Mapping[str, Words] = {"non-GMP": Words("ej GMP", "non-GMP")}  # the others are called the same in every language
PRICE_CLASSES: Mapping[str, Words] = {
    "free": Words("kostnadsfritt", "free"),
    "subsidised": Words("subventionerat", "subsidised"),
    "user-fee": Words("användaravgift", "user fee"),
    "full-cost": Words("full kostnad", "full cost"),
    "quote": Words("enligt offert", "on quotation"),
}
COUNTIES: Mapping[str, Words] = {
    "Stockholm": Words("Stockholms län", "Stockholm County"),
    "Uppsala": Words("Uppsala län", "Uppsala County"),
    "other": Words("annat län eller land", "another county or country"),
}
ACTOR_STATUSES: Mapping[str, Words] = {
    "active": Words("verksam", "active"),
    "inactive": Words("avvecklad", "inactive"),
}
COLLABORATION_TYPES: Mapping[str, TieWords] = {
    "PART_OF": TieWords(Words("del av", "part of"), Words("består av", "has parts"), 1.0),
    "OPERATES": TieWords(Words("driver", "operates"), Words("drivs av", "operated by"), 0.9),
    "HOSTS": TieWords(Words("är värd för", "hosts"), Words("har som värd", "hosted by"), 0.8),
    "OWNS": TieWords(Words("äger", "owns"), Words("ägs av", "owned by"), 0.9),
    "FOUNDED": TieWords(Words("har grundat", "founded"), Words("grundades av", "founded by"), 0.6),
    "SPUN_OUT_OF": TieWords(Words("avknoppad från", "spun out of"), Words("har knoppat av", "spun out"), 0.7),
    "SUCCEEDS": TieWords(Words("efterträder", "succeeds"), Words("efterträds av", "succeeded by"), 0.6),
    "MEMBER_OF": TieWords(Words("medlem i", "member of"), Words("har som medlem", "has member"), 0.5),
    "PARTICIPATES_IN": TieWords(Words("deltar i", "participates in"), Words("har som deltagare", "has participant"), 0.6),
    "AGREEMENT_WITH": TieWords(Words("har avtal med", "has an agreement with"), Words("har avtal med", "has an agreement with"), 0.8),
    "COLLABORATES_WITH": TieWords(Words("samverkar med", "collaborates with"), Words("samverkar med", "collaborates with"), 0.7),
    "FUNDS": TieWords(Words("finansierar", "funds"), Words("finansieras av", "funded by"), 0.6),
    "SUPPORTS": TieWords(Words("stöder", "supports"), Words("får stöd av", "supported by"), 0.6),
}

# How a kind is drawn: one shape and colour a group, the same in lists and on the map.
KIND_GROUPS: Mapping[str, tuple[Words, tuple[str, ...]]] = {
    "academia": (Words("universitet och institut", "universities and institutes"), ("university", "institute")),
    "care": (Words("vård", "health care"), ("hospital",)),
    "public": (Words("region, kommun, myndighet", "region, municipality, agency"), ("region", "municipality", "agency")),
    "company": (Words("företag", "companies"), ("company",)),
    "funding": (Words("finansiering", "funding"), ("funder", "foundation", "investor")),
    "cluster": (
        Words("kluster, inkubator, förening", "cluster, incubator, association"),
        ("cluster-organisation", "incubator", "science-park", "patient-organisation", "organisation"),
    ),
    "infrastructure": (Words("infrastruktur och testbädd", "infrastructure and testbed"), tuple(INFRASTRUCTURE_KINDS)),
}
GROUP_OF_KIND: Mapping[str, str] = {kind: group for group, (_, kinds) in KIND_GROUPS.items() for kind in kinds}
CONFIDENCE_WORDS: tuple[tuple[float, Words], ...] = (
    (1.0, Words("offentligt register", "official register")),
    (0.9, Words("egen sida", "own page")),
    (0.7, Words("två källor", "two sources")),
    (0.5, Words("en offentlig källa", "one public source")),
)
COPIED_REGISTER = Words("kopia av ett offentligt register", "copy of an official register")
PUBLIC_DOCUMENT = Words("offentlig handling", "public document")
_COPIES = ("https://github.com/",)  # where registers are copied to, none keeps its own


def confidence_words(confidence: float, source: str, language: Language) -> str:
    """Return what a confidence means in words; below 0.5 a tie is inferred and not shown as fact.

    *source* is the address that the tie was read at: a register read from a copy is a copy, and what has a reference that is
    no web address is a document.
    """
    words = next((words for least, words in CONFIDENCE_WORDS if confidence >= least), Words("slutsats", "inferred"))
    if confidence >= 1.0 and source.startswith(_COPIES):
        words = COPIED_REGISTER
    elif 0.9 <= confidence < 1.0 and source and not source.startswith(("https://", "http://")):
        words = PUBLIC_DOCUMENT
    return words.in_language(language)
