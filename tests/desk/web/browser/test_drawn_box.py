"""A box is drawn on the picture, by mouse and by keyboard, and what stands in it is proposed in the form."""


def form_of(ana, house):
    """Open the form of the one stay in the paper of Málaga, beside its picture."""
    ana.open(f"/expedientes/{house.desk.numbers()['review']}?d=d5&p=1&f=periods&i=0")
    datum = ana.page.locator('[data-field="periods"][data-document="d5"]').first
    datum.locator(".rows a", has_text="Editar").first.click()
    ana.page.wait_for_selector("form[data-draw] #x0", state="attached")
    ana.page.locator("form[data-draw] details summary").last.click()


def sides(ana):
    """Return the four boxes of the form."""
    return [float(ana.page.input_value(f"#{one}")) for one in ("x0", "y0", "x1", "y1")]


def test_a_box_drawn_with_the_mouse_is_read_into_the_form(house):
    """Around the date of the paper; it is proposed, the rest stays as it was typed, nothing is kept."""
    ana = house.person("reviewer")
    form_of(ana, house)
    ana.page.fill("[name='value.municipality']", "a medias")
    ana.page.select_option("#column", "value.to")
    sheet = ana.page.locator("#image svg[viewBox]").first
    place = sheet.bounding_box()
    width = float(sheet.get_attribute("viewBox").split()[2])
    points = place["width"] / width
    foot, top = ana.page.evaluate("[window.innerHeight, 0]")
    x0, y0, x1, y1 = sides(ana)

    ana.page.mouse.move(place["x"] + (x0 - 60) * points, place["y"] + (y0 + 14) * points)
    ana.page.mouse.down()
    ana.page.mouse.move(place["x"] + (x1 + 6) * points, place["y"] + (y1 + 2) * points)
    ana.page.mouse.up()
    drawn = sides(ana)
    ana.page.locator("form[data-draw] button[formaction]").click()
    ana.page.wait_for_selector("form[data-draw] .notice")

    assert top < place["y"] < foot
    assert abs(drawn[0] - (x0 - 60)) < 2
    assert "30 de junio de 2025" in ana.page.inner_text("form[data-draw] .notice")
    assert ana.page.input_value("[name='value.to']") == "30/06/2025"
    assert ana.page.input_value("[name='value.municipality']") == "a medias"
    assert [*ana.faults(), *ana.troubles] == []


def test_a_box_is_moved_and_made_larger_by_keyboard(house):
    """It begins where the value was read; arrows move it, Shift and arrows make it larger."""
    ana = house.person("reviewer")
    form_of(ana, house)
    first = sides(ana)
    ana.page.locator("#image .drawn").focus()
    ana.press("ArrowRight", "ArrowDown", "Shift+ArrowRight")
    moved = sides(ana)

    assert [round(now - was) for now, was in zip(moved, first, strict=True)] == [4, 4, 8, 4]


def test_a_box_can_be_drawn_again_after_it_was_read(house):
    """The form that comes with the proposal is the one that the next box goes into."""
    ana = house.person("reviewer")
    form_of(ana, house)
    ana.page.locator("form[data-draw] button[formaction]").click()
    ana.page.wait_for_selector("form[data-draw] .notice")
    before = sides(ana)
    ana.page.locator("#image .drawn").focus()
    ana.press("ArrowRight")

    assert sides(ana)[0] == before[0] + 4
