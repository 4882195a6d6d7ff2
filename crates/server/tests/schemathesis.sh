#!/usr/bin/env bash
# Asks a workbench of its own for everything that its description allows, and for much that it does not.
#
#   crates/server/tests/schemathesis.sh target/debug/detente .check/python/bin [examples]
#
# The second argument is the folder with the program `schemathesis` (from PyPI). Nothing may end in a server's error, and
# every answer must be one that is described.
set -euo pipefail
detente="$(realpath "$1")"
programs="$(realpath "$2")"
examples="${3:-5}"

folder="$(mktemp -d)"
server=""
end() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$folder"
}
trap end EXIT
mkdir "$folder/served"
"$detente" show chicken >"$folder/served/chicken.detente"
"$detente" serve "$folder/served" --no-open --state "$folder/state" >"$folder/log" &
server=$!
for _ in $(seq 100); do
    grep -q http "$folder/log" && break
    sleep 0.1
done
link="$(grep -o 'http://[0-9.:]*' "$folder/log")"

# A session and texts that are there, so that more than "there is no such thing" is asked for.
session="$("$programs/python" - "$link/api/v1" <<'PYTHON'
import json, sys, urllib.request

def ask(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(sys.argv[1] + path, data, {"content-type": "application/json"})
    return json.load(urllib.request.urlopen(request))

text = ask("/library/chicken")["text"]
seats = [{"name": "Left", "actors": ["left"]}]
begun = ask("/plays", {"text": text, "seats": seats, "open": True, "seed": 1})
print(begun["code"], begun["facilitator"])
PYTHON
)"
read -r code token <<<"$session"
cat >"$folder/schemathesis.toml" <<TOML
[parameters]
"path.code" = "$code"
"path.path" = "chicken.detente"
"path.name" = "chicken"
TOML

cd "$folder"
"$programs/schemathesis" --config-file "$folder/schemathesis.toml" run "$link/api/v1/openapi.json" --url "$link/api/v1" \
    --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance,negative_data_rejection \
    --phases examples,coverage,fuzzing --max-examples "$examples" --seed 1 --workers 1 \
    --header "Authorization: Bearer $token" --request-timeout 10 --suppress-health-check all --generation-database none --no-color
kill -0 "$server"
