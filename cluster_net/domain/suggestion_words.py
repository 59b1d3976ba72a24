"""What the parts of a suggestion are called: its terms, its band, its conditions."""

from collections.abc import Mapping

from cluster_net.domain.vocabulary import Words

TERM_WORDS: Mapping[str, Words] = {
    "walk": Words("samverkan och gemensamma partner", "ties and shared partners"),
    "concepts": Words("gemensamma begrepp", "shared concepts"),
    "leads_to": Words("det som den enas område behöver och den andra har", "what the field of one needs and the other has"),
    "needs": Words("det den ena söker och den andra har", "what one seeks and the other has"),
    "text": Words("liknande beskrivningar", "similar descriptions"),
    "fit": Words("uppfyllda villkor", "conditions met"),
    "place": Words("samma län", "same county"),
    "exposure": Words("har redan många kontakter", "already well connected"),
    "bridge": Words("annat län", "another county"),
    "bridge_kind": Words("annat slag", "another kind"),
}
BAND_WORDS: Mapping[str, Words] = {
    "strong": Words("stark", "strong"),
    "good": Words("god", "good"),
    "possible": Words("möjlig", "possible"),
}
CONDITION_WORDS: Mapping[str, Words] = {
    "role": Words("söker partner", "partner sought"),
    "wished_role": Words("önskad partner", "partner wished for"),
    "for_whom": Words("för vem", "for whom"),
    "kind": Words("slag av erbjudande", "kind of offer"),
    "stage": Words("mognadsnivå", "readiness level"),
    "quality": Words("kvalitetssystem", "quality system"),
    "users": Words("vem får använda den", "who may use it"),
    "access": Words("hur", "how"),
    "environment": Words("miljö", "environment"),
    "amount": Words("belopp", "amount"),
    "time": Words("tid", "time"),
    "place": Words("plats", "place"),
}
STATE_WORDS: Mapping[str, Words] = {
    "met": Words("uppfyllt", "met"),
    "missed": Words("inte uppfyllt", "missed"),
    "unknown": Words("okänt", "unknown"),
}
