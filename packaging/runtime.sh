#!/bin/sh
# Puts a Java runtime that has just what Outdial needs into an unpacked archive, which then needs no Java on its machine:
#   packaging/runtime.sh outdial-0.1.0-SNAPSHOT
set -eu
folder=$(cd "${1:?the folder of an unpacked archive is expected}" && pwd)
[ -d "$folder/lib" ] || { echo "$folder holds no unpacked archive" >&2; exit 64; }
if [ -n "${JAVA_HOME:-}" ]; then PATH=$JAVA_HOME/bin:$PATH; fi
command -v jlink >/dev/null || { echo "jlink is not there: a JDK 21 or later is needed (JAVA_HOME)" >&2; exit 69; }
# What jdeps cannot see is named: TLS by elliptic curves, names of hosts in other scripts, and what databases and JMX look up by name.
needed=$(jdeps --ignore-missing-deps --multi-release 21 --print-module-deps --class-path "$folder/lib/*" "$folder"/lib/outdial-*.jar)
rm -rf "$folder/runtime"
jlink --add-modules "$needed,jdk.crypto.ec,jdk.localedata,java.sql,java.naming,java.management,jdk.unsupported,jdk.zipfs" --include-locales en \
  --strip-debug --no-header-files --no-man-pages --compress zip-6 --output "$folder/runtime"
"$folder/bin/outdial" --version
