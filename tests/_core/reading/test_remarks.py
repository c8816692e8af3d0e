"""What an answer says beside its result."""

import httpx

from loyalty_sdk._core.calls import Answer, Response
from loyalty_sdk._core.hiding.echoes import Echoes
from loyalty_sdk._core.hiding.redact import Secret
from loyalty_sdk._core.reading.remarks import Limits, Notice
from tests._core.toy import ToyWire


class TalkativeWire(ToyWire):
    def limits(self, response):
        return Limits(remaining=int(response.headers["x-left"]))

    def warnings(self, response):
        return (Notice(name="careful"),)


def _response(**headers):
    return Response(200, httpx.Headers(headers), b"{}")


def test_a_vendor_reads_its_own_remarks():
    """What a vendor says beside a result is on the response and on the answer."""
    response = Response(200, httpx.Headers({"x-left": "7"}), b"{}").given_by(TalkativeWire())
    answer = Answer(None, response)
    assert response.limits == answer.limits == Limits(remaining=7)
    assert response.warnings == answer.warnings == (Notice(name="careful"),)


def test_remarks_survive_the_masking_of_secrets():
    """An answer from which secrets were taken out still has its remarks."""
    response = Response(200, httpx.Headers({"x-left": "7"}), b"s3cret").given_by(TalkativeWire())
    assert response.without(Echoes([Secret("s3cret")])).limits == Limits(remaining=7)


def test_most_vendors_remark_nothing():
    """Without a vendor, or with one that says nothing, there are no limits and no warnings."""
    for response in (_response(), _response().given_by(ToyWire())):
        assert response.limits is None
        assert response.warnings == ()
