"""Names on the map: room for each, none over another."""

from cluster_net.domain.layout import FIRST, Box, spots_for_names

DOT = 5.0
CROWDED = [(500.0, 900.0), (500.0, 889.0), (500.0, 911.0), (520.0, 900.0), (480.0, 900.0)]  # the first has no room around it


def dots(*places: tuple[float, float]) -> dict[str, Box]:
    return {f"d{number}": Box(x, y, DOT, DOT) for number, (x, y) in enumerate(places)}


def names(spots: dict[str, Box], length: float = 40) -> dict[str, tuple[float, float]]:
    return spots_for_names(spots, dict.fromkeys(spots, length), line=10, width=1000)


def test_a_lone_name_stands_above_its_dot() -> None:
    (place,) = names(dots((500, 500))).values()
    assert place[0] == 500
    assert place[1] < 500 - DOT


def test_a_name_gives_way_to_a_dot_above() -> None:
    assert names(dots((500, 500), (500, 489)))["d0"][1] > 500 + DOT


def test_a_name_that_would_leave_the_picture_turns_inwards() -> None:
    (place,) = names(dots((10, 500))).values()
    assert place[0] > 10 + DOT


def test_a_name_without_room_is_left_out() -> None:
    crowd = dots(
        *((100.0 * (n % 6) + 100, 100.0 * (n // 6) + 50) for n in range(FIRST)), (500, 900), (500, 889), (500, 911), (520, 900), (480, 900)
    )
    assert f"d{FIRST}" not in names(crowd)


def test_one_of_the_first_may_cover_a_dot_that_comes_after_it() -> None:
    assert "d0" in names(dots(*CROWDED))
