"""Settings of the entrance that do not fit together, and the secret of the desk."""

import pytest

from desk.people.sealing import Seals, make_key, passing, seals
from pipeline.desk_chosen import Entrance, refuse_contradictions
from pipeline.errors import EnvironmentFault, UsageError


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        ({"proxy_header": "X-Remote-User"}, "desk.proxy_header"),
        ({"proxy_from": ("proxy.local",)}, "desk.proxy_from"),
        ({"proxy_from": ("0.0.0.0/0",)}, "desk.proxy_from"),
        ({"oidc_issuer": "https://id.example.org"}, "desk.oidc_client"),
        ({"oidc_issuer": "http://id.example.org", "oidc_client": "x"}, "desk.oidc_issuer"),
        ({"passwords": False}, "desk.passwords"),
        ({"totp": "required"}, "desk.totp"),
    ],
    ids=str,
)
def test_a_desk_does_not_start_where_its_settings_contradict_each_other(chosen, named):
    """The error names the setting and what to write."""
    with pytest.raises(UsageError, match=named):
        refuse_contradictions(Entrance(**chosen), lasting=False)


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"proxy_header": "X-Remote-User", "proxy_from": ("10.0.0.5", "2001:db8::/64"), "passwords": False},
        {"oidc_issuer": "http://127.0.0.1:9000", "oidc_client": "mesa"},
        {"totp": "required", "totp_roles": ("administrator",)},
    ],
    ids=str,
)
def test_a_desk_starts_with_settings_that_fit(chosen):
    """Where there is a secret that lasts."""
    refuse_contradictions(Entrance(**chosen), lasting=True)


def test_what_is_sealed_opens_for_its_purpose_alone():
    """And not once a letter of it was changed, nor by another secret."""
    one = passing()
    sealed = one.seal("browser", b"ana")

    assert one.opened("browser", sealed) == b"ana"
    assert one.opened("totp", sealed) is None
    assert one.opened("browser", sealed[:-6] + "AAAA==") is None
    assert one.opened("browser", "ñ") is None
    assert one.opened("browser", "") is None
    assert passing().opened("browser", sealed) is None
    assert b"ana" not in sealed.encode()


def test_the_secret_is_read_from_the_settings_or_their_file(tmp_path):
    """Only its account may read the file that `init` makes; it is made once."""
    file = tmp_path / "a" / "secreto"
    make_key(file)

    assert file.stat().st_mode & 0o777 == 0o600
    assert seals(Entrance(key=file)) == Seals(file.read_bytes().strip(), lasting=True)
    assert seals(Entrance(secret="x" * 16)).lasting
    assert not seals(Entrance()).lasting
    with pytest.raises(FileExistsError):
        make_key(file)


def test_a_secret_that_is_missing_or_short_is_said(tmp_path):
    """Before anybody comes in."""
    with pytest.raises(EnvironmentFault, match=r"desk\.key"):
        seals(Entrance(key=tmp_path / "nada"))
    with pytest.raises(UsageError, match=r"desk\.secret"):
        seals(Entrance(secret="corto"))
