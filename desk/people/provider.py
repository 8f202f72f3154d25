"""An OpenID Connect provider that vouches for people: where it is sent to, and what its answer says.

Authorization code with PKCE (RFC 7636), `state` and `nonce`. The provider is asked for its addresses and keys
when somebody comes in by it, never when the desk starts.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from desk.people.rights import Role
from pipeline.desk_chosen import Entrance

try:  # the library speaks over the newer of the two that is there
    from httpx2 import HTTPError
except ImportError:
    from httpx import HTTPError  # type: ignore[assignment]  # the same error of the older library

_SECONDS: Final = 10.0
_LEEWAY: Final = 60
_SIGNED_WITH: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384")
"""Never `none`, nor a secret that both know."""


class ProviderError(Exception):
    """The provider did not answer, or not as it should; the word says which step, nothing of the person."""


class Asked(NamedTuple):
    """What is kept of a way to the provider until its answer comes; `back` is the address it comes to."""

    state: str
    nonce: str
    verifier: str
    back: str

    def packed(self) -> bytes:
        """Return it to be sealed."""
        return json.dumps(list(self)).encode()


class Vouched(NamedTuple):
    """Who the provider says that somebody is; roles and offices are None where accounts keep them."""

    login: str
    name: str
    roles: frozenset[Role] | None
    offices: frozenset[str] | None


def asked(packed: bytes) -> Asked:
    """Return what was kept."""
    return Asked(*json.loads(packed))


def way_there(chosen: Entrance, back: str) -> tuple[str, Asked]:
    """Return the address to send somebody to, who comes *back* to one of the desk, and what to keep.

    Raises:
        ProviderError: the provider does not say where that is.
    """
    kept = Asked(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), back)
    with _client(chosen, back) as client:
        there = _told(client, chosen)["authorization_endpoint"]
        verified = {"state": kept.state, "nonce": kept.nonce, "code_verifier": kept.verifier}
        return str(client.create_authorization_url(there, **verified)[0]), kept


def vouched(chosen: Entrance, kept: Asked, state: str, code: str, at: dt.datetime) -> Vouched:
    """Return who the provider says has come back with this *code*.

    Raises:
        ProviderError: it says nobody, or what it says cannot be believed.
    """
    if not secrets.compare_digest(state.encode(), kept.state.encode()) or not code:
        raise ProviderError("state")
    with _client(chosen, kept.back) as client:
        told = _told(client, chosen)
        try:
            token = client.fetch_token(told["token_endpoint"], code=code, code_verifier=kept.verifier)
        except (AuthlibBaseError, HTTPError, ValueError) as error:
            raise ProviderError("token") from error
        keys = _json(client, told["jwks_uri"])
    return _person(chosen, _claims(chosen, str(token.get("id_token", "")), keys, kept, at))


def _client(chosen: Entrance, back: str) -> Any:
    """Return what speaks to the provider: it waits for a while only, and follows nobody elsewhere."""
    return OAuth2Client(  # type: ignore[no-untyped-call]  # the library has no types
        client_id=chosen.oidc_client,
        client_secret=chosen.oidc_secret or None,
        token_endpoint_auth_method="client_secret_basic" if chosen.oidc_secret else "none",
        scope=chosen.oidc_scopes,
        redirect_uri=back,
        code_challenge_method="S256",
        timeout=_SECONDS,
        follow_redirects=False,
        trust_env=False,
    )


def _told(client: Any, chosen: Entrance) -> Mapping[str, str]:
    """Return the addresses of the provider (OpenID Connect Discovery 1.0)."""
    issuer = chosen.oidc_issuer.rstrip("/")
    told = _json(client, f"{issuer}/.well-known/openid-configuration")
    if str(told.get("issuer", "")).rstrip("/") != issuer:
        raise ProviderError("issuer")
    wanted = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if not all(_safe(str(told.get(name, ""))) for name in wanted):
        raise ProviderError("addresses")
    return {name: str(told[name]) for name in ("issuer", *wanted)}


def _json(client: Any, address: str) -> Mapping[str, Any]:
    """Return the object at an address of the provider."""
    try:
        answer = client.request("GET", address, withhold_token=True)
        found = answer.raise_for_status().json()
    except (AuthlibBaseError, HTTPError, ValueError) as error:
        raise ProviderError("no answer") from error
    if not isinstance(found, dict):
        raise ProviderError("no object")
    return found


def _safe(address: str) -> bool:
    """Whether what goes to an address is read by nobody else."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost"}
    )


def _claims(chosen: Entrance, token: str, keys: Any, kept: Asked, at: dt.datetime) -> Mapping[str, Any]:
    """Return what the provider signed (OpenID Connect Core 1.0, 3.1.3.7)."""
    wanted = jwt.JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=_LEEWAY,
        iss={"essential": True, "values": [chosen.oidc_issuer, chosen.oidc_issuer.rstrip("/")]},
        aud={"essential": True, "value": chosen.oidc_client},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": kept.nonce},
    )
    try:
        found = jwt.decode(token, KeySet.import_key_set(keys), algorithms=list(_SIGNED_WITH)).claims
        wanted.validate(found)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ProviderError("id_token") from error
    return found


def _person(chosen: Entrance, claims: Mapping[str, Any]) -> Vouched:
    """Return whom the claims are of."""
    login = claims.get(chosen.oidc_login)
    if not isinstance(login, str) or not login.strip():
        raise ProviderError("login")
    name = claims.get("name")
    return Vouched(
        login=login.strip().casefold(),
        name=name if isinstance(name, str) and name.strip() else login,
        roles=_roles(chosen, claims) if chosen.oidc_roles else None,
        offices=frozenset(_words(claims.get(chosen.oidc_offices))) if chosen.oidc_offices else None,
    )


def _roles(chosen: Entrance, claims: Mapping[str, Any]) -> frozenset[Role]:
    """Return the roles that the provider gives; who may give rights is never named by another program."""
    given = [one.partition("=") for one in chosen.oidc_map]
    names = {theirs.strip(): ours.strip() for theirs, _, ours in given} or {
        role.value: role.value for role in Role
    }
    found = {names[word] for word in _words(claims.get(chosen.oidc_roles)) if word in names}
    return frozenset(role for role in Role if role.value in found and role is not Role.ADMINISTRATOR)


def _words(claim: object) -> list[str]:
    """Return the words of a claim: a list of texts, or one text with spaces between."""
    if isinstance(claim, str):
        return claim.split()
    return [one for one in claim if isinstance(one, str)] if isinstance(claim, list) else []
