"""The map: the page, its data for the moving map, and the picture as a file. The address holds the whole state."""

import gzip
import json
from dataclasses import asdict

from flask import Response, make_response, render_template, request

from cluster_net.domain.narrowing import FACETS, Narrowing
from cluster_net.services.mapping import ROWS, draw_map, map_columns, read_map
from cluster_net.services.picturing import HEIGHT, WIDTH
from cluster_net.web.context import argument, backends, language

MAX_PAGE = 1000
YEAR, MINUTE = 365 * 24 * 3600, 60
FIRST_YEAR, LAST_YEAR = 1000, 2999


def map_page() -> str:
    """Show the network, or the part of it that is asked for, as a picture and as a table."""
    sort = "name" if request.args.get("sort") == "name" else "partners"
    page = min(MAX_PAGE, max(1, request.args.get("page", 1, type=int)))
    asked = asked_of_map()
    shown = read_map(backends().network.current(), backends().maps, language(), asked, sort=sort, offset=(page - 1) * ROWS)
    years = {"no_year": "" if asked.as_of else argument("as_of", 30), "first_year": FIRST_YEAR, "last_year": LAST_YEAR}
    return render_template("site/map.html", map=shown, asked=asked, state=state_of(asked), sort=sort, page=page, rows=ROWS, **years)


def map_data() -> Response:
    """Answer what the moving map draws, compressed; with the right `v` in the address it may be kept for a year."""
    network, cache, asked = backends().network.current(), backends().maps, asked_of_map()
    stamp = cache.stamp(network)
    body = cache.made((stamp, "columns", language(), asked), lambda: _packed(map_columns(network, cache, language(), asked)))
    small = request.accept_encodings.quality("gzip") > 0
    answer = Response(body if small else gzip.decompress(body), content_type="application/json")
    if small:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    answer.set_etag(f"{stamp}{'-gzip' if small else ''}")
    lasting = request.args.get("v") == stamp
    answer.cache_control.public, answer.cache_control.max_age, answer.cache_control.immutable = True, YEAR if lasting else MINUTE, lasting
    answer.make_conditional(request)
    return answer


def map_file() -> Response:
    """Answer the picture of all that is shown as a file of its own."""
    asked = asked_of_map()
    picture, part = draw_map(backends().network.current(), backends().maps, language(), asked)
    words = {"picture": picture, "part": part, "asked": asked, "state": state_of(asked), "width": WIDTH, "height": HEIGHT}
    answer = make_response(render_template("machines/map_svg.html", **words, today=backends().clock().date().isoformat()))
    answer.content_type = "image/svg+xml; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="map-{backends().clock().date()}.svg"'
    return answer


def asked_of_map() -> Narrowing:
    """Read the address; what makes no sense in it is left out rather than refused."""
    given = {facet: tuple(dict.fromkeys(filter(None, request.args.getlist(facet))))[:20] for facet in FACETS}
    year = request.args.get("as_of", type=int)
    return Narrowing(**given, as_of=year if year and FIRST_YEAR <= year <= LAST_YEAR else None)


def state_of(asked: Narrowing) -> dict[str, object]:
    """Return *asked* as the arguments of an address."""
    return {name: held for name, held in asdict(asked).items() if held}


def _packed(columns: dict[str, object]) -> bytes:
    return gzip.compress(json.dumps(columns, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)
