"""read_back.py URL USER PASSWORD: reads a collection with vobject and prints what it means as JSON."""

import base64
import datetime
import json
import sys
import urllib.request

import vobject

url, user, password = sys.argv[1:4]
token = base64.b64encode(f"{user}:{password}".encode()).decode()
request = urllib.request.Request(url, headers={"Authorization": f"Basic {token}"})
text = urllib.request.urlopen(request).read().decode()


def instant(value):
    """Dates stay dates, instants are told in UTC, floating times without a zone."""
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            return value.isoformat()
        return value.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def every(component, name):
    return component.contents.get(name, [])


def plain(component, name):
    found = every(component, name)
    return found[0].value if found else None


def address(value):
    return [value.street, value.city, value.region, value.code, value.country]


def typed(line):
    types = {one.upper() for one in line.params.get("TYPE", [])} - {"VOICE", "INTERNET", "PREF"}
    return ["/".join(sorted(types)), line.value]


def contact(card):
    name = card.n.value
    return {
        "uid": plain(card, "uid"),
        "fn": plain(card, "fn"),
        "n": [name.family, name.given, name.additional, name.prefix, name.suffix],
        "org": [part for line in every(card, "org") for part in line.value],
        "tel": sorted(typed(line) for line in every(card, "tel")),
        "email": sorted(typed(line) for line in every(card, "email")),
        "adr": [address(line.value) for line in every(card, "adr")],
        "bday": plain(card, "bday"),
        "note": plain(card, "note"),
    }


def person(line):
    return [line.value, line.params.get("CN", [None])[0], line.params.get("PARTSTAT", [None])[0]]


def entry(component):
    times = ("dtstart", "dtend", "due", "recurrence-id", "completed")
    texts = ("uid", "summary", "description", "location", "rrule", "status", "priority", "percent-complete")
    told = {name: instant(plain(component, name)) for name in times if every(component, name)}
    told.update({name: plain(component, name) for name in texts if every(component, name)})
    told["exdate"] = sorted(instant(one) for line in every(component, "exdate") for one in line.value)
    told["attendee"] = sorted(person(line) for line in every(component, "attendee"))
    told["organizer"] = [person(line)[:2] for line in every(component, "organizer")]
    told["alarms"] = [str(plain(alarm, "trigger")) for alarm in every(component, "valarm")]
    return {name: value for name, value in told.items() if value not in (None, [])}


found = []
for top in vobject.readComponents(text):
    if top.name == "VCARD":
        found.append(contact(top))
    else:
        found.extend(entry(one) for kind in ("vevent", "vtodo", "vjournal") for one in every(top, kind))
print(json.dumps(sorted(found, key=lambda one: (one["uid"], one.get("recurrence-id", "")))))
