"""Writes cases.txt: what jsonpath2 0.4.5 finds in documents, for random paths.

    pip install jsonpath2==0.4.5
    python generate.py > cases.txt

The first lines are the documents. Each further line is the number of a document,
a path as JSON, and the list of what is found; "!" stands for a text that is no
path, and "!!" for a path that fails when it is followed.
"""

import itertools
import json
import random
import sys

from jsonpath2.path import Path

DOCS = [
    {"items": [{"name": "a", "n": 1, "on": True}, {"name": "b", "n": 2, "on": False}, {"name": "c", "n": 3}],
     "count": 3, "nil": None, "a b": 5, "deep": {"id": 1, "x": [{"id": 2}, {"id": 3}]}},
    [1, 2.5, "x", None, True, [3, [4, {"a": "y"}]], {"a": {"b": [0, False, ""]}}],
    {"a": {"a": {"a": [{"a": 1}, {"b": 2}]}}, "b": ["a", "b", 1, 0, -1], "k": "b", "n": 1},
    [[], {}, [[]], [{}], {"a": []}, {"a": {}}],
    "héllo wörld🎉", 7, None, True, 1.5, [], {},
    {"price": 8.95, "limit": 10, "books": [{"price": 8.95, "tags": ["x", "y"]}, {"price": 12.99, "tags": []},
     {"price": 10, "tags": ["y"]}, {"price": "10"}], "on": True, "one": 1, "and": 2, "x-y": 3, "": 4, "\\\"": 5, "\\u0041": 6},
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    {"a": "abc", "b": [1, 2, 3], "c": {"d": "abc", "e": 2}, "n": 2, "m": -1, "t": True, "f": 1.0},
]
NAMES = ["a", "b", "c", "d", "e", "n", "m", "t", "k", "x", "id", "items", "name", "on", "price", "tags", "books", "deep", "count"]
SEED, COUNT = 45, 5000
r = random.Random(SEED)


def pick(*options):
    return r.choice(options)


def space():
    return " " if r.random() < 0.05 else ""


def number():
    return pick("0", "1", "2", "3", "-1", "-2", "10", "100", "-100", "-0", "4")


def value(depth=0):
    kind = r.random()
    if kind < 0.35:
        return pick(number(), "2.5", "8.95", "10.0", "1.0", "1e1", "-1E0", "0.0", "99999999999999999999")
    if kind < 0.65:
        return json.dumps(pick(*NAMES, "x", "y", "abc", "", "10"))
    if kind < 0.85 or depth > 1:
        return pick("true", "false", "null")
    if kind < 0.93:
        return "[" + ",".join(value(depth + 1) for _ in range(r.randrange(3))) + "]"
    return "{" + ",".join(json.dumps(pick(*NAMES)) + ":" + value(depth + 1) for _ in range(r.randrange(3))) + "}"


def operand(depth):
    if r.random() < 0.6:
        return pick("@", "@", "@", "$") + steps(depth + 1, r.randrange(3))
    return value()


def condition(depth):
    kind = r.random()
    if depth < 3 and kind < 0.12:
        return "(" + condition(depth + 1) + ")"
    if depth < 3 and kind < 0.24:
        return "not " + condition(depth + 1)
    if depth < 3 and kind < 0.5:
        return condition(depth + 1) + pick(" and ", " or ") + condition(depth + 1)
    if kind < 0.65:
        return operand(depth)
    return operand(depth) + space() + pick("=", "=", "!=", "<", "<=", ">", ">=") + space() + operand(depth)


def call(depth):
    name = pick("length", "keys", "values", "entries", "charAt", "substring")
    count = {"charAt": 1, "substring": pick(1, 2)}.get(name, 0)
    if r.random() < 0.1:
        count = r.randrange(3)
    args = [number() if r.random() < 0.7 else operand(depth + 1) for _ in range(count)]
    return name + "(" + ",".join(args) + ")"


def subscript(depth):
    kind = r.random()
    if kind < 0.2:
        return json.dumps(pick(*NAMES))
    if kind < 0.4:
        return number()
    if kind < 0.6:
        bound = lambda: number() if r.random() < 0.6 else ""
        return bound() + ":" + bound() + ((":" + pick("", "1", "2", "-1", "-2", "3", "0")) if r.random() < 0.5 else "")
    if kind < 0.72:
        return "*"
    if kind < 0.88 and depth < 3:
        return "?(" + condition(depth) + ")"
    if kind < 0.94 and depth < 3:
        return pick("@", "$") + steps(depth + 1, 1 + r.randrange(2))
    return call(depth)


def steps(depth, n):
    out = ""
    for _ in range(n):
        kind = r.random()
        if kind < 0.35:
            out += space() + "." + space() + (pick(*NAMES) if r.random() < 0.75 else "*")
        elif kind < 0.45:
            out += "." + call(depth)
        elif kind < 0.6:
            out += ".." + pick("*", "[" + subscript(depth) + "]", pick(*NAMES), pick(*NAMES))
        else:
            out += "[" + space() + ",".join(subscript(depth) for _ in range(pick(1, 1, 1, 2, 3))) + space() + "]"
    return out


def broken(path):
    for _ in range(pick(1, 1, 2)):
        i = r.randrange(len(path) + 1)
        junk = pick("", "'", '"', "=", "[", "]", "(", ")", ".", "..", ",", "-", "&&", "!", "$", "@", "*", "?", ":", "é", "1",
                    "e5", ".5", " ", "\n", "\\", "{", "}", "and", " or ", "not ", "true", "x")
        path = path[:i] + junk + path[i + pick(0, 1):]
    return path


def expected(doc, path):
    try:
        p = Path.parse_str(path)
    except ValueError:
        return "!"
    try:
        found = [m.current_value for m in itertools.islice(p.match(doc), 60)]
    except ValueError:
        return "!!"
    return found if len(found) < 60 else None


def main():
    for doc in DOCS:
        print(json.dumps(doc, ensure_ascii=False))
    print()
    seen = set()
    while len(seen) < COUNT:
        path = "$" + steps(0, pick(0, 1, 1, 2, 2, 3, 3, 4))
        if r.random() < 0.2:
            path = broken(path)
        doc = r.randrange(len(DOCS))
        if (doc, path) in seen or len(path) > 150:
            continue
        want = expected(DOCS[doc], path)
        rare = {"[]": 0.06, '"!"': 0.2}.get(json.dumps(want), 1)
        if r.random() > rare:
            continue
        line = json.dumps(want, ensure_ascii=False)
        if want is None or len(line) > 250 or "Infinity" in line:
            continue
        seen.add((doc, path))
        print(doc, json.dumps(path, ensure_ascii=False), line, sep="\t")


sys.stdout.reconfigure(encoding="utf-8")
main()
