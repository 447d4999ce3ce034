#!/usr/bin/env python3
"""The schema of the intent file for editors and the reader agree, and the
example of the manual is one that the reader takes."""
import json
import os
import re
import subprocess
import sys
import tempfile

top = os.environ.get("srcdir", ".")
dnslint = os.path.realpath(os.environ.get("DNSLINT", "./dnslint"))
failed = 0


def complaints(text):
    """What dnslint says of this intent file."""
    with tempfile.TemporaryDirectory() as d:
        with open(d + "/named.conf", "w") as f:
            f.write("options { };\n")
        with open(d + "/intent.yaml", "w") as f:
            f.write(text)
        run = subprocess.run(
            [dnslint, "--policy", d + "/intent.yaml", "--only", "load",
             d + "/named.conf"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
        return run.returncode, run.stderr


def listed(text):
    """The words it offers in place of one that is none."""
    status, said = complaints(text)
    found = re.search(r"; there are (.*)", said)
    if status != 2 or not found:
        return {said}
    return set(found.group(1).split(", "))


def same(what, in_schema, in_reader):
    global failed
    if set(in_schema) != in_reader:
        print(f"{what}: the schema has {sorted(in_schema)}, "
              f"the reader {sorted(in_reader)}")
        failed += 1


with open(top + "/doc/dnslint-schema.json") as f:
    schema = json.load(f)
server = schema["definitions"]["server"]["properties"]
expectation = schema["definitions"]["expectation"]["properties"]
NONE = "zzzzzzzzzzzzzzzz"
HEAD = "version: 1\n"
SERVER = HEAD + "servers:\n  - files: x\n    "
ENTRY = SERVER + "expect:\n      - {client: 10.0.0.0/8, query: a"

same("keys", schema["properties"], listed(HEAD + f"{NONE}: 1\n"))
same("keys of servers", server, listed(SERVER + f"{NONE}: 1\n"))
same("keys of expect", expectation,
     listed(ENTRY + f", outcome: refused, {NONE}: 1}}\n"))
same("roles", server["role"]["enum"], listed(SERVER + f"role: {NONE}\n"))
same("roles without clients",
     schema["definitions"]["server"]["not"]["properties"]["role"]["enum"],
     {role for role in server["role"]["enum"]
      if complaints(SERVER + f"role: {role}\n    clients: 10.0.0.0/8\n")[0] == 2})
same("outcomes", expectation["outcome"]["enum"],
     listed(ENTRY + f", outcome: {NONE}}}\n"))
same("levels", schema["definitions"]["level"]["enum"],
     listed(HEAD + f"rules: {{syntax: {NONE}}}\n"))
same("fail-on", schema["properties"]["fail-on"]["enum"],
     listed(HEAD + f"fail-on: {NONE}\n"))
for what, part, text in (
        ("file", schema, "rules: {}\n"),
        ("server", schema["definitions"]["server"],
         HEAD + "servers: [{role: mixed}]\n"),
        ("expectation", schema["definitions"]["expectation"],
         SERVER + "expect: [{tcp: true}]\n")):
    same(f"required keys of a {what}", part["required"],
         set(re.findall(r"must have the key '([^']*)'", complaints(text)[1])))
with open(top + "/doc/policy.md") as f:
    example = re.search(r"```yaml\n(.*?)```", f.read(), re.S).group(1)
status, said = complaints(example)
if status != 0 or "error" in said:
    print(f"the example of doc/policy.md: {said}")
    failed += 1
for key in list(schema["properties"]) + list(server):
    if not re.search(rf"\b{key}:", example):
        print(f"the example of doc/policy.md does not show '{key}'")
        failed += 1
sys.exit(failed != 0)
