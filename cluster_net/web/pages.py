"""All pages, gathered on one blueprint that is registered once a language."""

from flask import Blueprint

from cluster_net.web.pages_data import api_page, data_page
from cluster_net.web.pages_downloads import list_file, uniquip_file
from cluster_net.web.pages_feeds import list_feed
from cluster_net.web.pages_finder import finder_page, shortlist_page
from cluster_net.web.pages_lists import (
    concepts_page,
    infrastructures_page,
    needs_page,
    offers_page,
    organisations_page,
    quick_hits,
    search_page,
)
from cluster_net.web.pages_map import map_data, map_file, map_page
from cluster_net.web.pages_matching import event_page, match_page, matchmaking_file, matchmaking_page
from cluster_net.web.pages_site import about_page, accessibility_page, home_page, paths_page, privacy_page, sources_page
from cluster_net.web.pages_things import actor_page, compare_page, concept_page, need_page, offer_page

pages = Blueprint("pages", __name__)
for rule, view in (
    ("/", home_page),
    ("/search", search_page),
    ("/quick", quick_hits),
    ("/infrastructures", infrastructures_page),
    ("/organisations", organisations_page),
    ("/compare", compare_page),
    ("/finder", finder_page),
    ("/finder/shortlist", shortlist_page),
    ("/<any(search, infrastructures, organisations, needs):name>.<any(csv, xlsx, json):form>", list_file),
    ("/infrastructures.uniquip.csv", uniquip_file),
    ("/<any(search, infrastructures, organisations, needs):name>.atom", list_feed),
    ("/needs", needs_page),
    ("/offers", offers_page),
    ("/concepts", concepts_page),
    ("/actors/<slug>", actor_page),
    ("/needs/<slug>", need_page),
    ("/offers/<slug>", offer_page),
    ("/concepts/<slug>", concept_page),
    ("/map", map_page),
    ("/map.json", map_data),
    ("/map.svg", map_file),
    ("/paths", paths_page),
    ("/matchmaking", matchmaking_page),
    ("/matchmaking.<any(csv, xlsx, json):form>", matchmaking_file),
    ("/matchmaking/event", event_page),
    ("/match/<first>/<second>", match_page),
    ("/about", about_page),
    ("/data", data_page),
    ("/data/api", api_page),
    ("/sources", sources_page),
    ("/accessibility", accessibility_page),
    ("/privacy", privacy_page),
):
    pages.add_url_rule(rule, view_func=view)
