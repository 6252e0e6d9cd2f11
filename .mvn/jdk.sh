# Sourced by mvnw, outdial and .ci/run: leaves a JDK 21 or later in JAVA_HOME, or says how to get one.
# Order: JAVA_HOME, OUTDIAL_JDK, java on the PATH, the usual folders (newest first).
outdial_jdk_major() { # JDK folder -> feature release, empty when it is not a JDK
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}
outdial_find_jdk() {
  best=0 home=
  onpath=$(command -v javac 2>/dev/null) && onpath=$(readlink -f "$onpath") && onpath=${onpath%/bin/javac}
  for dir in "${OUTDIAL_JDK:-}" "${JAVA_HOME:-}" "${onpath:-}"; do
    [ -n "$dir" ] || continue
    major=$(outdial_jdk_major "$dir")
    [ "${major:-0}" -ge 21 ] && { JAVA_HOME=$dir; export JAVA_HOME; return 0; }
  done
  for dir in /usr/lib/jvm/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/*; do
    major=$(outdial_jdk_major "$dir")
    [ "${major:-0}" -gt "$best" ] && { best=$major home=$dir; }
  done
  [ "$best" -ge 21 ] && { JAVA_HOME=$home; export JAVA_HOME; return 0; }
  echo "Outdial needs a JDK 21 or later; none was found in JAVA_HOME, on the PATH or in the usual folders." >&2
  echo "Install one (https://adoptium.net; Debian 13 and Ubuntu 24.04: apt-get install openjdk-21-jdk) or set JAVA_HOME to it." >&2
  exit 1
}
outdial_find_jdk
