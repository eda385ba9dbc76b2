"""Reading the JSON interface as other systems do."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone
from ninja.responses import NinjaJSONEncoder

from bureau import api_tokens
from bureau.models import ApiToken

ROOT = "/api/v1/"
YEAR = {"year": "2016"}
STANDARDS = "sheets/standards/records"


def make_token(cast, office=None, **values):
    """A token and its secret; of city A unless another office is named."""
    defaults = {"label": "统计平台", "expires_on": timezone.localdate() + timedelta(days=300)}
    token = ApiToken(office=office or cast.clerk_a.office, **{**defaults, **values})
    return token, api_tokens.make(token, by=cast.security_admin)


def ask(client, secret, path, *, language="en", **query):
    """An answer of the interface, whose body is always JSON."""
    headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {secret}"} if secret else {})
    response = client.get(path if path.startswith("/") else ROOT + path, query, headers=headers)
    assert response["Content-Type"].startswith("application/json"), response.content
    return response


def as_json(moment):
    """A time as the interface writes it."""
    return json.loads(json.dumps(moment, cls=NinjaJSONEncoder))


def ids(page):
    return [record["id"] for record in page["records"]]


@pytest.fixture
def secret(cast):
    """A token of city A, used today already."""
    token, secret = make_token(cast)
    type(token).objects.update(last_used_at=timezone.now())
    return secret


@pytest.fixture
def read(client, secret):
    """The body of a good answer, for city A unless another token is given."""

    def get(path, *, by=secret, **query):
        response = ask(client, by, path, **query)
        assert response.status_code == 200, response.content.decode()
        return response.json()

    return get


@pytest.fixture
def refused(client, secret):
    def get(path, **query):
        response = ask(client, secret, path, **query)
        assert set(response.json()) == {"detail"} and isinstance(response.json()["detail"], str)
        return response.status_code, response.json()["detail"]

    return get
