"""ES Loyalty: start a session, then read the member's transactions, one page at a time.

It uses the embedded sandbox; with `ES_LOYALTY_BASE_URL`, `ES_LOYALTY_TOKEN_URL`,
`ES_LOYALTY_CLIENT_ID` and `ES_LOYALTY_CLIENT_SECRET` in the environment, `ESLoyalty()` reaches
your own instance.
"""

from __future__ import annotations

from loyalty_sdk import ESLoyalty
from loyalty_sdk.sandbox import Sandbox

with Sandbox() as sandbox, ESLoyalty(**sandbox.es_loyalty) as es:
    session = es.sessions.start(sandbox.member.es_loyalty_identifier, channel="APP")
    history = es.transactions.history(session.correlation_id, limit=10)
    for transaction in history.collect(at_most=12):
        print(transaction.transaction_date, transaction.request_action, transaction.transaction_id)

    rest = sum(len(page.items) for page in history.pages(history.cursor))
    print(f"and {rest} more behind the twelfth")
