#!/usr/bin/env python3
"""Makes agencies: the sample agency, and ones of any size for the benchmarks.

  agency.py sample DIRECTORY         writes DIRECTORY/agency.csv and DIRECTORY/agency-response.json
  agency.py csv N                    an agency of N subaccounts, as CSV, to standard output
  agency.py compact N                the same one with 1 and 0 for true and false
  agency.py grants N STATEMENTS      a script of `grant outbound to "name"`, each name another one
                                     of the agency that `csv N` makes, to standard output

The same arguments make the same bytes, always.
"""

import datetime
import json
import os
import random
import sys

GENERAL = [
    "assistants", "knowledge_base", "actions", "workflows", "contacts", "phone_numbers",
    "analytics", "simulations", "logs", "invite_members",
]
PERMISSIONS = (
    [f"general.{field}" for field in GENERAL]
    + [f"agent_types.{field}" for field in ("inbound", "outbound", "widget", "chat")]
    + [f"capabilities.{field}" for field in (
        "configure", "prompt", "actions", "deployment", "calls")]
    + [f"integrations.{field}" for field in (
        "twilio", "elevenlabs", "gohighlevel", "hubspot", "calcom", "salesforce")]
    + [f"actions.{field}" for field in (
        "live_transfer", "real_time_booking", "custom_action", "send_sms", "incall_sms",
        "incall_whatsapp", "information_extractor", "custom_eval", "mcp", "ivr_handling",
        "five9_handoff")]
)
# What the Subaccounts API knows, in its order, and what each is called here.
API_PERMISSIONS = {
    name: ("agent_types." if name in ("inbound", "outbound", "widget", "chat") else "general.")
    + name
    for name in (
        "inbound", "outbound", "widget", "chat", "assistants", "knowledge_base", "actions",
        "workflows", "contacts", "phone_numbers", "logs", "simulations", "analytics")
}

STARTER = frozenset("""
    general.assistants general.knowledge_base general.contacts general.phone_numbers
    general.analytics general.logs agent_types.inbound agent_types.widget
    capabilities.configure capabilities.prompt capabilities.calls integrations.calcom
    actions.live_transfer actions.real_time_booking actions.information_extractor
    """.split())
GROWTH = STARTER | frozenset("""
    general.actions general.workflows agent_types.outbound agent_types.chat
    capabilities.actions capabilities.deployment integrations.twilio integrations.gohighlevel
    integrations.hubspot actions.custom_action actions.send_sms actions.incall_sms
    actions.ivr_handling
    """.split())
SCALE = GROWTH | frozenset("""
    general.simulations general.invite_members integrations.elevenlabs integrations.salesforce
    actions.incall_whatsapp actions.custom_eval actions.mcp
    """.split())
ENTERPRISE = frozenset(PERMISSIONS)
# Added to the platform on the way: who joined earlier does not have them yet.
LATECOMERS = frozenset(["actions.mcp", "actions.custom_eval", "actions.five9_handoff"])

# plan: share, permissions, concurrency, max_agents, max_minutes, max_workflow_runs
PLANS = {
    "starter": (46, STARTER, "5", "3", "500", "1000"),
    "growth": (32, GROWTH, "20", "10", "2000", "10000"),
    "scale": (16, SCALE, "50", "40", "10000", "unlimited"),
    "enterprise": (6, ENTERPRISE, "200", "unlimited", "unlimited", "unlimited"),
}
REGIONS = {"us-east": 34, "us-west": 22, "eu-central": 18, "eu-west": 14, "apac": 12}

SURNAMES = """Abbott Alvarez Baker Bennett Boyd Brennan Calloway Carver Castillo Chandler Cho Cole
    Conway Delgado Doyle Eastman Ellis Falk Ferris Finch Fletcher Garza Gibbs Grant Hale Hart Hollis
    Ibarra Iyer Jansen Keller Kerr Lang Lindqvist Lowe Marsh Mercer Moreau Nakamura Novak Okafor
    Osborne Pace Park Pratt Quill Ramos Reyes Rhodes Sandoval Shah Sloan Sutter Tanaka Thorne Tran
    Upton Vance Vogel Walsh Weller Whitaker Yates Zeller""".split()
PLACES = """Ashford|Bay Street|Bellevue|Birchwood|Bluestone|Bridgeport|Brookside|Cedar Hill|
    Clearwater|Copper Creek|Crescent Park|Eastgate|Elm Street|Fairview|Foxglove|Glenwood|
    Granite Bay|Greenfield|Harborview|Highland|Hillcrest|Juniper|Kingsway|Lakeshore|Lakewood|
    Lincoln Square|Maple Grove|Marina|Meadowbrook|Mill Pond|Northgate|Oak Hollow|Old Town|
    Orchard|Parkside|Pinecrest|Prairie|Redwood|Ridgeline|Riverbend|Rosewood|Sandpiper|
    Silver Lake|Southport|Spring Valley|Stonegate|Summit|Sunset|Thornbury|Union Square|
    Valley View|Westbrook|Whitestone|Willow Creek|Windsor|Woodland""".replace("\n", "").split("|")
PLACES = [place.strip() for place in PLACES]
NAME_PATTERNS = [
    "{place} Dental", "{place} Family Dentistry", "{place} Orthodontics", "{surname} Dental Care",
    "{surname} & {other} LLP", "{surname} Law Office", "{surname} Injury Law", "{place} Legal",
    "{place} Realty", "{surname} Property Group", "{place} Homes", "{surname} & {other} Realtors",
    "{place} Family Clinic", "{place} Physiotherapy", "{place} Veterinary", "{place} Eye Care",
    "{surname} Plumbing", "{surname} Roofing", "{place} Heating & Air", "{place} Pest Control",
    "{surname} Electric", "{place} Lawn & Garden", "{place} Cleaning Co", "{surname} Movers",
    "{place} Grill", "{place} Bistro", "{surname}'s Kitchen", "{place} Auto Repair",
    "{surname} Insurance", "{place} Fitness", "{place} Salon & Spa", "{surname} Tax Advisors",
]
# Names that a program meets sooner or later, with their plan and region.
SPECIAL = [
    ("Acme Dental", "growth", "us-east"), ("Acme Dental West", "starter", "us-west"),
    ("Acme Legal Group", "scale", "us-east"), ("Acme Realty", "starter", "us-east"),
    ("Acme Home Services", "growth", "us-west"), ("Acme Veterinary", "starter", "eu-west"),
    ("Acme Holdings", "enterprise", "us-east"),
    ("Sunrise Dental", "growth", "us-west"), ("Sunrise Dental", "starter", "apac"),
    ("Café Léon", "starter", "eu-west"), ("Clínica Dental Peña", "growth", "eu-west"),
    ("Zahnärzte am Münsterplatz", "scale", "eu-central"), ("Løkke Ejendomme", "starter", "eu-central"),
    ("서울밝은치과", "growth", "apac"), ("강남부동산", "starter", "apac"),
    ("Tony's Pizza 🍕", "starter", "us-east"), ("O'Brien & Sons Plumbing", "growth", "us-east"),
    ("Hart, Cole & Finch LLP", "scale", "us-east"), ('"The Anchor" Seafood Grill', "starter", "us-west"),
    ("24/7 Emergency Locksmith", "starter", "us-west"), ("Müller Immobilien", "growth", "eu-central"),
    ("Northwind Insurance", "enterprise", "us-west"), ("Bright Smile Dental", "growth", "us-east"),
    ("Brightsmile Dental", "starter", "eu-west"), ("Lakeside Medical Clinic", "scale", "us-east"),
]
# What somebody clicked, so that there is something to find: on where the plan says off, and off.
CLICKED = {
    "Acme Dental West": "general.knowledge_base",
    "Acme Home Services": "general.knowledge_base",
    "Acme Veterinary": "general.knowledge_base",
    "Sutter Law Office": "agent_types.outbound actions.send_sms",
    "Westbrook Dental": "agent_types.chat",
    "Kerr Plumbing": "general.workflows integrations.hubspot",
    "Müller Immobilien": "agent_types.outbound agent_types.chat",
    "Baker Electric": "integrations.twilio integrations.elevenlabs",
    "Woodland Grill": "agent_types.outbound",
    "O'Brien & Sons Plumbing": "capabilities.deployment",
}
FIRST_DAY = datetime.datetime(2024, 10, 1, tzinfo=datetime.timezone.utc)
SPAN_MILLISECONDS = 730 * 86_400_000
CHARSET = str.maketrans("áàâäãåçéèêëíñóöøúüß", "aaaaaaceeeeinooouus")


def weighted(rng, shares):
    """One key of a table of shares."""
    return rng.choices(list(shares), weights=list(shares.values()))[0]


def plausible_name(rng):
    """A business that could be next door."""
    surname, other = rng.sample(SURNAMES, 2)
    return rng.choice(NAME_PATTERNS).format(
        surname=surname, other=other, place=rng.choice(PLACES))


def email(name, number):
    """An address in a domain that is reserved for examples."""
    slug = "".join(c for c in name.lower().translate(CHARSET) if c.isascii() and c.isalnum())
    return f"office@{slug or f'client{number}'}.example.com"


def timestamp(milliseconds):
    """ISO 8601 in UTC, with milliseconds where there are any."""
    moment = datetime.datetime.fromtimestamp(milliseconds // 1000, datetime.timezone.utc)
    fraction = f".{milliseconds % 1000:03}" if milliseconds % 1000 else ""
    return f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def subaccount(rng, number, name, plan, region, created):
    """A dictionary of everything that the files say about one subaccount."""
    _, permissions, concurrency, agents, minutes, runs = PLANS[plan]
    if created < FIRST_DAY.timestamp() * 1000 + SPAN_MILLISECONDS * 0.55:
        permissions = permissions - LATECOMERS
    if rng.random() < 0.07:
        # An outlier: somebody clicked a box or two that the plan does not have, or has.
        odd = [p for p in PERMISSIONS if p != "general.assistants"]
        permissions = permissions ^ frozenset(rng.sample(odd, rng.choice([1, 1, 2, 3])))
    allowed = {"500": 500, "2000": 2000, "10000": 10000}.get(minutes, 60000)
    used = int(allowed * min(1.0, rng.betavariate(2.0, 2.6) * 1.12))
    dice = rng.random()
    if dice < 0.025:
        minutes, used = "0", 0  # suspended
    elif dice < 0.06:
        minutes = agents = ""  # never set
    elif dice < 0.10:
        runs = ""
    elif dice < 0.14:
        minutes = "unlimited"
    return {
        "id": f"{created}x{rng.randrange(10**17, 10**18)}", "name": name,
        "created": timestamp(created), "milliseconds": created, "email": email(name, number),
        "concurrency": concurrency, "max_agents": agents, "max_minutes": minutes,
        "max_workflow_runs": runs, "minutes_used": str(used), "plan": plan, "region": region,
        "permissions": permissions,
    }


COLUMNS = [
    "id", "name", "created", "email", "concurrency", "max_agents", "max_minutes",
    "max_workflow_runs", "minutes_used", "plan", "region",
]


def quoted(cell):
    """A cell as RFC 4180 wants it."""
    return '"' + cell.replace('"', '""') + '"' if any(c in cell for c in ',"\r\n') else cell


def csv_header():
    return ",".join(COLUMNS + PERMISSIONS) + "\n"


def csv_line(row):
    cells = [quoted(row[column]) for column in COLUMNS]
    cells += ["true" if name in row["permissions"] else "false" for name in PERMISSIONS]
    return ",".join(cells) + "\n"


def sample_agency():
    """240 subaccounts in order of creation."""
    rng = random.Random(20241001)
    named = list(SPECIAL)
    taken = {name for name, _, _ in named}
    while len(named) < 240:
        name = plausible_name(rng)
        if name not in taken and not name.startswith("Acme"):
            taken.add(name)
            plan = weighted(rng, {key: value[0] for key, value in PLANS.items()})
            named.append((name, plan, weighted(rng, REGIONS)))
    rng.shuffle(named)
    start = int(FIRST_DAY.timestamp() * 1000)
    moments = sorted(start + rng.randrange(SPAN_MILLISECONDS) for _ in named)
    agency = [
        subaccount(rng, number, name, plan, region, moment)
        for number, ((name, plan, region), moment) in enumerate(zip(named, moments))
    ]
    for row in agency:
        row["permissions"] ^= frozenset(CLICKED.get(row["name"], "").split())
    return agency


def api_response(agency):
    """What the platform's list call answers some days later: minutes used, some boxes, new clients."""
    rng = random.Random(20261003)
    later = [row for row in agency if row["name"] not in ("Brightsmile Dental",)]
    last = later[-1]["milliseconds"]
    for days, (name, plan) in enumerate(
            [("Quarry Road Dental", "starter"), ("Ferris & Lowe LLP", "growth")], start=2):
        later.append(subaccount(
            rng, 1000 + days, name, plan, "us-east", last + days * 86_400_000 + 43_211_000))
    clicked = {"Acme Realty": ["agent_types.outbound"], "Tony's Pizza 🍕": ["agent_types.chat"],
               "Northwind Insurance": ["general.logs", "general.simulations"]}
    objects = []
    for row in later:
        permissions = row["permissions"] ^ frozenset(clicked.get(row["name"], []))
        minutes = row["max_minutes"]
        used = int(row["minutes_used"])
        objects.append({
            "subaccount_id": row["id"],
            "agency_id": "1719830400117x482915306627184093",
            "name": row["name"],
            "permissions": {api: name in permissions for api, name in API_PERMISSIONS.items()},
            "minutes_used": used + (rng.randrange(1, 90) if used and rng.random() < 0.4 else 0),
            "max_minutes": int(minutes) if minutes.isdigit() else None,
            "members": [{"email": row["email"],
                         "status": "active" if rng.random() < 0.9 else "invited"}],
            "pricing_tiers": [],
            "subscription": None,
        })
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in objects)
    return '{"status": "success", "response": {"subaccounts": [\n' + lines + "\n]}}\n"


def write_sample(directory):
    agency = sample_agency()
    with open(os.path.join(directory, "agency.csv"), "w", encoding="utf-8", newline="") as file:
        file.write(csv_header())
        file.writelines(csv_line(row) for row in agency)
    with open(os.path.join(directory, "agency-response.json"), "w", encoding="utf-8") as file:
        file.write(api_response(agency))


def large_name(number):
    """The name of one subaccount of a large agency: made from its number alone, unique."""
    pattern = NAME_PATTERNS[number * 7 % len(NAME_PATTERNS)]
    surname = SURNAMES[number * 11 % len(SURNAMES)]
    other = SURNAMES[(number * 5 + 17) % len(SURNAMES)]
    place = PLACES[number * 13 % len(PLACES)]
    return pattern.format(surname=surname, other=other, place=place) + f" {number}"


def write_large(count, on="true", off="false"):
    """An agency of any size; cells that repeat are made once, so that a million take seconds."""
    rng = random.Random(count)
    write = sys.stdout.write
    write(csv_header())
    endings = []  # quotas, plan, region and permissions of a few hundred typical subaccounts
    for number in range(512):
        plan = weighted(rng, {key: value[0] for key, value in PLANS.items()})
        moment = int(FIRST_DAY.timestamp() * 1000) + SPAN_MILLISECONDS * number // 512
        row = subaccount(rng, number, "x", plan, weighted(rng, REGIONS), moment)
        quotas = [row[column] for column in COLUMNS[4:8]]
        flags = [on if name in row["permissions"] else off for name in PERMISSIONS]
        endings.append((",".join(quotas), ",".join([row["plan"], row["region"]] + flags)))
    start = int(FIRST_DAY.timestamp() * 1000)
    step = SPAN_MILLISECONDS / max(count, 1)
    for number in range(count):
        created = start + int(number * step)
        name = large_name(number)
        quotas, ending = endings[rng.randrange(512)]
        write(
            f"{created}x{rng.randrange(10**17, 10**18)},{quoted(name)},{timestamp(created)},"
            f"office{number}@example.com,{quotas},{rng.randrange(20000)},{ending}\n")


def write_grants(count, statements):
    rng = random.Random(statements)
    for number in rng.sample(range(count), statements):
        sys.stdout.write(f'grant outbound to "{large_name(number)}"\n')


def main(arguments):
    match arguments:
        case ["sample", directory]:
            write_sample(directory)
        case ["csv", count]:
            write_large(int(count))
        case ["compact", count]:
            write_large(int(count), "1", "0")
        case ["grants", count, statements]:
            write_grants(int(count), int(statements))
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
