"""A platform for tests: the Subaccounts API on the loopback, as strict as it is documented."""
import http.server
import itertools
import json
import threading
import urllib.parse

PERMISSIONS = ("inbound outbound widget chat assistants knowledge_base actions workflows contacts "
               "phone_numbers logs simulations analytics").split()
NUMBERS = ["concurrency", "max_agents", "max_minutes", "max_workflow_runs"]
LISTS = ["grant_permissions", "revoke_permissions"]
POST_FIELDS = set(["subaccount_name", "user_email", "twilio_account_sid", "twilio_auth_token"]
                  + NUMBERS + LISTS)
PUT_FIELDS = set(["subaccount_name", "invite_user_email", "twilio_account_sid",
                  "twilio_auth_token", "pricing_tiers_attach", "pricing_tiers_detach",
                  "import_subscription", "operation_type", "products"] + NUMBERS + LISTS)
TOKEN = "t0ken-that-no-log-may-show"


class Refused(Exception):
    def __init__(self, status, why):
        super().__init__(why)
        self.status = status


class Platform:
    """What the platform knows: subaccounts by id, in order of creation."""

    def __init__(self, unique_names=True):
        self.subaccounts = {}
        self.unique_names = unique_names
        self.calls = []
        self.refusals = []
        self.serial = itertools.count(1)

    def answer(self, method, path, body):
        self.calls.append((method, path, body))
        parts = [urllib.parse.unquote(part) for part in path.split("/")[1:]]
        if parts[:2] != ["v2", "subaccounts"]:
            raise Refused(404, "no such path")
        one = parts[2] if len(parts) > 2 and parts[2] else None
        if one is not None and one not in self.subaccounts:
            raise Refused(404, f"no subaccount '{one}'")
        if method == "GET":
            shown = [one] if one else list(self.subaccounts)
            return {"status": "success",
                    "response": {"subaccounts": [self.shown(id) for id in shown]}}
        if method == "POST" and one is None:
            return self.create(body)
        if method == "PUT" and one is not None:
            self.check(body, PUT_FIELDS)
            if not body:
                raise Refused(400, "nothing to change")
            self.change(self.subaccounts[one], body, one)
            return {"status": "ok", "response": {}}
        if method == "DELETE" and one is not None:
            del self.subaccounts[one]
            return {"status": "ok", "response": {"answer": "Subaccount deleted."}}
        raise Refused(405, "no such call")

    def create(self, body):
        self.check(body, POST_FIELDS)
        if not body.get("subaccount_name"):
            raise Refused(400, "subaccount_name is required")
        newest = next(reversed(self.subaccounts.values()), None)
        id = f"{1_800_000_000_000 + next(self.serial)}x{next(self.serial):018d}"
        subaccount = {"permissions": dict.fromkeys(PERMISSIONS, False), "others": set(),
                      "email": body.get("user_email"), "name": None,
                      **dict.fromkeys(NUMBERS)}
        if newest:
            subaccount["permissions"] = dict(newest["permissions"])
            subaccount["others"] = set(newest["others"])
        subaccount["permissions"]["assistants"] = True
        self.change(subaccount, body, id)
        self.subaccounts[id] = subaccount
        return {"status": "ok", "response": {
            "subaccount_id": id, "api_key": "a-secret", "user_email": body.get("user_email"),
            "sign_in_link": "https://example.com/a-secret",
            "twilio_connected_successfully": False}}

    def check(self, body, fields):
        if not isinstance(body, dict):
            raise Refused(400, "the body is not an object")
        for field in body:
            if field not in fields:
                raise Refused(400, f"unknown field '{field}'")
        seen = set()
        for field in LISTS:
            values = body.get(field, [])
            if field in body and (not isinstance(values, list) or not values):
                raise Refused(400, f"{field} is no list, or empty")
            for value in values:
                if value not in PERMISSIONS or value in seen:
                    raise Refused(400, f"'{value}' is unknown or there twice")
                if value == "assistants":
                    raise Refused(400, "assistants is always enabled")
                seen.add(value)
        for field in NUMBERS:
            value = body.get(field, 0)
            if type(value) is not int and not (value is None and field != "concurrency"):
                raise Refused(400, f"{field} is neither an integer nor null")
        for field in ("subaccount_name", "user_email"):
            if field in body and not (isinstance(body[field], str) and body[field]):
                raise Refused(400, f"{field} is no text")

    def change(self, subaccount, body, id):
        name = body.get("subaccount_name")
        if name and self.unique_names and any(
                other["name"] == name for key, other in self.subaccounts.items() if key != id):
            raise Refused(400, f"the name '{name}' is taken")
        if name:
            subaccount["name"] = name
        for field in NUMBERS:
            if field in body:
                subaccount[field] = "unlimited" if body[field] is None else body[field]
        for field, flag in zip(LISTS, (True, False)):
            for value in body.get(field, []):
                subaccount["permissions"][value] = flag

    def shown(self, id):
        subaccount = self.subaccounts[id]
        minutes = subaccount["max_minutes"]
        shown = {"subaccount_id": id, "agency_id": "1x1", "name": subaccount["name"],
                 "permissions": dict(subaccount["permissions"]), "minutes_used": 7,
                 "members": [{"email": "someone@example.com", "status": "active"}],
                 "pricing_tiers": [], "subscription": None}
        if minutes is not None:
            shown["max_minutes"] = None if minutes == "unlimited" else minutes
        return shown


def serve(platform):
    """Serves a platform on a free port of the loopback; gives the server back, already running."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self):
            length = int(self.headers.get("Content-Length") or 0)
            raw = self.rfile.read(length)
            try:
                if self.headers.get("Authorization") != f"Bearer {TOKEN}":
                    raise Refused(401, "no token")
                body = json.loads(raw) if raw else None
                status, answer = 200, platform.answer(self.command, self.path, body)
            except Refused as refusal:
                platform.refusals.append((self.command, self.path, str(refusal)))
                status = refusal.status
                answer = {"detail": {"status": "error", "description": str(refusal)}}
            text = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
