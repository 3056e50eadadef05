# Set-up, each part only when it is still to do; sourced by ./kit.
# Reads EXPLAINREC_HOME, ENVIRONMENT and STATE; messages go to standard error.
# shellcheck shell=sh

# shellcheck disable=SC2034 # ./kit reads it
VENV_PYTHON=$ENVIRONMENT/venv/bin/python

say() { printf '%s\n' "$*" >&2; }

# fail MESSAGE: one line, exit 2: something is missing or was given wrongly.
fail() {
  say "kit: $*"
  exit 2
}

# Finds the one Java that Maven, the kernel and the command line all use.
find_java() {
  if [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    JAVA=$JAVA_HOME/bin/java
  else
    JAVA=$(command -v java) || JAVA=
  fi
  JAVA_VERSION=0
  [ -n "$JAVA" ] || return 0
  java_settings=$("$JAVA" -XshowSettings:properties -version 2>&1) || {
    JAVA=
    return 0
  }
  JAVA_VERSION=$(printf '%s\n' "$java_settings" | sed -n 's/^ *java.specification.version = //p')
  JAVA_VERSION=${JAVA_VERSION#1.}
  java_home=$(printf '%s\n' "$java_settings" | sed -n 's/^ *java.home = //p')
  if [ -x "$java_home/bin/java" ]; then
    JAVA=$java_home/bin/java
  fi
}

need_java() {
  find_java
  [ -n "$JAVA" ] || fail "no Java found; ./kit doctor says how to install JDK 17"
  [ "${JAVA_VERSION%%.*}" -ge 17 ] 2>/dev/null ||
    fail "Java $JAVA_VERSION is too old, 17 or newer is needed; ./kit doctor says how to install it"
  [ -x "$java_home/bin/javac" ] ||
    fail "$java_home holds no javac: a JDK is needed; ./kit doctor says how to install it"
  JAVA_HOME=$java_home
  export JAVA_HOME
  java_environment
}

# option NAME DEFAULT ARGS...: prints the value that ARGS give an option; the last one counts.
option() {
  option_name=$1
  option_value=$2
  shift 2
  while [ $# -gt 0 ]; do
    case $1 in
      "$option_name") option_value=${2-} ;;
      "$option_name="*) option_value=${1#*=} ;;
    esac
    shift
  done
  printf '%s\n' "$option_value"
}

# What every JVM of the kit gets, the command line's as well as the kernel's: JVM_OPTIONS, and the
# variables that EXPLAINREC_JVM_VARIABLES names. This is the one place where they are decided; a
# value that the user has set wins. Reads PROFILE, DEVICE and ./kit's command.
java_environment() {
  # jdk.console: a console only where there is a terminal, as before JDK 22.
  JVM_OPTIONS="-Djava.awt.headless=true -Dfile.encoding=UTF-8 -Djdk.console=java.base"
  JVM_OPTIONS="$JVM_OPTIONS -Dorg.slf4j.simpleLogger.defaultLogLevel=error"
  JVM_OPTIONS="$JVM_OPTIONS -XX:+ExitOnOutOfMemoryError"
  # The tensors live outside Java's heap, so the heap takes the smaller part of the memory.
  case ${EXPLAINREC_HEAP:-}:$PROFILE in
    :smoke) JVM_OPTIONS="$JVM_OPTIONS -Xmx2g" ;;
    :quick) JVM_OPTIONS="$JVM_OPTIONS -Xmx4g" ;;
    :*) JVM_OPTIONS="$JVM_OPTIONS -XX:MaxRAMPercentage=40" ;;
    *[!0-9kKmMgG]*:* | [!1-9]*:*)
      fail "EXPLAINREC_HEAP = $EXPLAINREC_HEAP: expected a size such as 6g"
      ;;
    *) JVM_OPTIONS="$JVM_OPTIONS -Xmx$EXPLAINREC_HEAP" ;;
  esac
  # PyTorch's processor threads in one process. One where the models are small: two are hardly
  # faster, numbers then do not depend on how many cores a machine has, and several runs fit side
  # by side. All cores for the paper's sizes, and for the benchmark, which compares at all cores.
  case ${EXPLAINREC_THREADS:-}:$PROFILE:${command:-} in
    :*:bench) ;;
    :smoke:* | :quick:*) EXPLAINREC_THREADS=1 ;;
    :*) ;;
    *[!0-9]*:*:* | [!1-9]*:*:*)
      fail "EXPLAINREC_THREADS = $EXPLAINREC_THREADS: expected a whole number, 1 or more"
      ;;
  esac
  if [ "${JAVA_VERSION%%.*}" -ge 22 ]; then
    JVM_OPTIONS="$JVM_OPTIONS --enable-native-access=ALL-UNNAMED"
  fi
  EXPLAINREC_JAVA=$JAVA
  EXPLAINREC_JVM_VARIABLES="GOMP_SPINCOUNT MALLOC_MMAP_THRESHOLD_ MALLOC_TRIM_THRESHOLD_"
  EXPLAINREC_JVM_VARIABLES="$EXPLAINREC_JVM_VARIABLES MALLOC_ARENA_MAX"
  EXPLAINREC_JVM_VARIABLES="$EXPLAINREC_JVM_VARIABLES OPT_OUT_TRACKING DJL_CACHE_DIR"
  if [ -n "${EXPLAINREC_THREADS:-}" ]; then
    JVM_OPTIONS="$JVM_OPTIONS -Dai.djl.pytorch.num_threads=$EXPLAINREC_THREADS"
    OMP_NUM_THREADS=$EXPLAINREC_THREADS
    EXPLAINREC_JVM_VARIABLES="$EXPLAINREC_JVM_VARIABLES OMP_NUM_THREADS"
    export EXPLAINREC_THREADS OMP_NUM_THREADS
  fi
  EXPLAINREC_JVM_OPTIONS=$JVM_OPTIONS
  # OpenMP: a thread without work soon sleeps instead of keeping a core busy. A fifth faster in
  # training on two cores, and no collapse when another program wants a core.
  GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-1000}
  # glibc: keep arrays of up to 16 MiB in the heap instead of mapping and zeroing fresh pages each
  # time. Larger ones go back to the system: holes of their sizes let memory creep up by hundreds
  # of MiB while batches of ever new lengths were met.
  MALLOC_MMAP_THRESHOLD_=${MALLOC_MMAP_THRESHOLD_:-16777216}
  MALLOC_TRIM_THRESHOLD_=${MALLOC_TRIM_THRESHOLD_:-17179869184}
  # One heap for all threads: what one frees another takes again.
  MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-1}
  # DJL: no usage reports, and its unpacked libraries stay in this folder.
  OPT_OUT_TRACKING=${OPT_OUT_TRACKING:-true}
  DJL_CACHE_DIR=${DJL_CACHE_DIR:-$STATE/djl}
  export EXPLAINREC_JAVA EXPLAINREC_JVM_OPTIONS EXPLAINREC_JVM_VARIABLES
  export GOMP_SPINCOUNT MALLOC_MMAP_THRESHOLD_ MALLOC_TRIM_THRESHOLD_ MALLOC_ARENA_MAX
  export OPT_OUT_TRACKING DJL_CACHE_DIR
  # `./kit doctor --gpu` leaves the CUDA build's folder here.
  if [ "$DEVICE" != cpu ] && [ -s "$STATE/gpu-library-path" ] &&
    [ -z "${PYTORCH_LIBRARY_PATH:-}" ]; then
    PYTORCH_LIBRARY_PATH=$(cat "$STATE/gpu-library-path")
    PYTORCH_VERSION=2.7.1
    PYTORCH_FLAVOR=cu128
    export PYTORCH_LIBRARY_PATH PYTORCH_VERSION PYTORCH_FLAVOR
  fi
  if [ -n "${PYTORCH_LIBRARY_PATH:-}" ]; then
    EXPLAINREC_JVM_VARIABLES="$EXPLAINREC_JVM_VARIABLES PYTORCH_LIBRARY_PATH PYTORCH_VERSION"
    EXPLAINREC_JVM_VARIABLES="$EXPLAINREC_JVM_VARIABLES PYTORCH_FLAVOR"
  fi
}

need_maven() {
  command -v mvn >/dev/null 2>&1 || fail "no Maven found; ./kit doctor says how to install it"
}

need_python() {
  PYTHON=${EXPLAINREC_PYTHON:-python3}
  command -v "$PYTHON" >/dev/null 2>&1 ||
    fail "no Python found ($PYTHON); ./kit doctor says how to install it"
  "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 9))' ||
    fail "Python 3.9 or newer is needed; ./kit doctor says how to install it"
  "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null ||
    fail "this Python has no venv; ./kit doctor says how to install it"
}

# Everything that `reproduce` and `lab` need.
set_up() {
  need_python
  need_java
  need_maven
  ensure_python
  ensure_build
}

# step TITLE LOG COMMAND...: runs a command quietly, counting the seconds on a terminal;
# shows the end of its log when it fails.
step() {
  step_title=$1
  step_log=$2
  shift 2
  mkdir -p "$STATE"
  step_start=$(date +%s)
  step_ticker=
  if [ -t 2 ]; then
    (
      while :; do
        printf '\r%s ... %s s' "$step_title" $(($(date +%s) - step_start)) >&2
        sleep 1
      done
    ) &
    step_ticker=$!
    trap 'kill $step_ticker 2>/dev/null; exit 130' INT TERM
  else
    say "$step_title ..."
  fi
  step_status=0
  "$@" >"$step_log" 2>&1 </dev/null || step_status=$?
  if [ -n "$step_ticker" ]; then
    kill "$step_ticker" 2>/dev/null || :
    wait "$step_ticker" 2>/dev/null || :
    trap - INT TERM
    printf '\r' >&2
  fi
  if [ "$step_status" -ne 0 ]; then
    tail -n 25 "$step_log" >&2
    say "kit: $step_title failed; all of its output: ${step_log#"$EXPLAINREC_HOME"/}"
    exit 1
  fi
  say "$step_title: done in $(($(date +%s) - step_start)) s"
}

# checksum PATH...: one number for the names and contents of all files below.
checksum() {
  (
    cd "$EXPLAINREC_HOME" || exit 1
    find "$@" -type f 2>/dev/null | LC_ALL=C sort | while IFS= read -r file; do
      cksum "$file"
    done | cksum | tr ' ' -
  )
}

# is_done NAME STAMP and mark_done NAME STAMP: what set-up has finished, and from what.
is_done() { [ -f "$STATE/$1" ] && [ "$(cat "$STATE/$1")" = "$2" ]; }
mark_done() {
  mkdir -p "$STATE"
  printf '%s\n' "$2" >"$STATE/$1.part"
  mv "$STATE/$1.part" "$STATE/$1"
}

# make_venv FOLDER REQUIREMENTS: a fresh Python environment with pinned, hashed packages.
make_venv() {
  rm -rf "$1"
  "$PYTHON" -m venv "$1" &&
    "$1/bin/python" -m pip install --disable-pip-version-check --no-input \
      --require-hashes -r "$2"
}

ensure_venv() { # NAME TITLE FOLDER REQUIREMENTS
  venv_stamp="$("$PYTHON" -c 'import sys; print(sys.version_info[:2], sys.prefix)') $3 $(checksum "$4")"
  if is_done "$1" "$venv_stamp" && [ -x "$3/bin/python" ]; then
    return 0
  fi
  rm -f "$STATE/$1"
  step "$2" "$STATE/$1.log" make_venv "$3" "$4"
  mark_done "$1" "$venv_stamp"
}

ensure_python() {
  ensure_venv python "Python packages (JupyterLab, the Java kernel) into environment/venv" \
    "$ENVIRONMENT/venv" "$ENVIRONMENT/requirements.txt"
}

# need_torch_python WHAT: the pinned PyTorch of the peers and of a GPU exists for these versions.
need_torch_python() {
  "$PYTHON" -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' ||
    fail "$1 needs Python 3.10 to 3.13; name one, such as EXPLAINREC_PYTHON=python3.12"
}

ensure_peers() {
  [ -f "$ENVIRONMENT/peers/requirements.txt" ] ||
    fail "environment/peers/requirements.txt is missing, so there is no peer to compare with"
  need_torch_python "bench --peers"
  ensure_venv peers "Python packages of the peers into environment/peers/venv (3 GB to download)" \
    "$ENVIRONMENT/peers/venv" "$ENVIRONMENT/peers/requirements.txt"
}

build_stamp() { printf 'java %s, sources %s\n' "$JAVA_VERSION" "$(checksum pom.xml lib/src/main)"; }

ensure_build() {
  EXPLAINREC_BUILD=$(build_stamp)
  export EXPLAINREC_BUILD
  if is_done build "$EXPLAINREC_BUILD" && [ -f "$EXPLAINREC_HOME/target/explainrec-kit.jar" ] &&
    [ -d "$EXPLAINREC_HOME/target/libraries" ]; then
    return 0
  fi
  need_maven
  rm -f "$STATE/build"
  pom_stamp=$(checksum pom.xml)
  if ! is_done pom "$pom_stamp"; then # other versions must not stay beside the new ones
    rm -rf "$EXPLAINREC_HOME/target/libraries"
  fi
  step "Maven build of the library into target/" "$STATE/build.log" \
    mvn -B -f "$EXPLAINREC_HOME/pom.xml" -Dmaven.test.skip=true -Dfmt.skip=true package
  mark_done pom "$pom_stamp"
  mark_done build "$EXPLAINREC_BUILD"
}

# Maven's whole build with its tests, in full view; leaves the same build as ensure_build.
verify_build() {
  EXPLAINREC_BUILD=$(build_stamp)
  rm -rf "$STATE/build" "$EXPLAINREC_HOME/target/surefire-reports"
  mvn -B -f "$EXPLAINREC_HOME/pom.xml" verify </dev/null || exit 1
  mark_done pom "$(checksum pom.xml)"
  mark_done build "$EXPLAINREC_BUILD"
}

# Spark's jars follow from the POM, the kit's classes for Spark from what they call of the kit, too.
spark_stamp() {
  spark_sources=$(checksum lib/src/spark lib/src/main/java/explainrec/run)
  printf 'java %s, pom %s, sources %s\n' "$JAVA_VERSION" "$(checksum pom.xml)" "$spark_sources"
}

# Apache Spark, only when asked for: its jars into target/spark/jars and the kit's few classes for
# it, built beside the library and not over it. Sets SPARK_CLASS_PATH and SPARK_OPTIONS. A Spark of
# the user's own (SPARK_HOME) takes the place of the jars, with what a cluster's manager needs.
ensure_spark() {
  spark_target=$EXPLAINREC_HOME/target/spark
  spark_done=$(spark_stamp)
  if ! is_done spark "$spark_done" || ! [ -f "$spark_target/explainrec-spark.jar" ]; then
    need_maven
    rm -f "$STATE/spark"
    spark_log=$STATE/spark.log
    (step "Apache Spark's jars into target/spark (250 MB, the first time a download)" "$spark_log" \
      build_spark) || {
      if grep -q -e 'offline mode' -e 'Unknown host' -e 'Could not transfer' -e 'timed out' \
        "$spark_log" 2>/dev/null; then
        fail "Spark's jars are not here and Maven cannot fetch them; run ./kit build --spark" \
          "once with a network, or leave --spark out"
      fi
      exit 1
    }
    mark_done spark-pom "$(checksum pom.xml)"
    mark_done spark "$spark_done"
  fi
  SPARK_JARS=${SPARK_HOME:-$spark_target}/jars
  [ -d "$SPARK_JARS" ] ||
    fail "SPARK_HOME = $SPARK_HOME: no folder jars there; expected a Spark 4.0, or unset it"
  # Spark's module for Jackson insists on the Jackson of its own version: the kit's comes first.
  SPARK_CLASS_PATH=$spark_target/explainrec-spark.jar
  for spark_jar in "$spark_target"/jars/jackson-module-scala_*.jar; do
    SPARK_CLASS_PATH=$SPARK_CLASS_PATH:$spark_jar
  done
  SPARK_CLASS_PATH=$SPARK_CLASS_PATH:$SPARK_JARS/*
  SPARK_OPTIONS="-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider"
  SPARK_OPTIONS="$SPARK_OPTIONS -Dslf4j.internal.verbosity=WARN"
  # What matters of what Spark logs the kit says in its own words.
  SPARK_OPTIONS="$SPARK_OPTIONS -Dorg.slf4j.simpleLogger.log.org.apache.spark=off"
  for spark_package in java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio \
    java.util java.util.concurrent java.util.concurrent.atomic sun.nio.ch sun.nio.cs \
    sun.security.action sun.util.calendar; do
    SPARK_OPTIONS="$SPARK_OPTIONS --add-opens=java.base/$spark_package=ALL-UNNAMED"
  done
  export SPARK_CLASS_PATH SPARK_OPTIONS
}

build_spark() {
  if ! is_done spark-pom "$(checksum pom.xml)"; then # other versions must not stay beside the new
    rm -rf "$spark_target/jars"
  fi
  mvn -B -f "$EXPLAINREC_HOME/pom.xml" -Pspark \
    -Dmaven.test.skip=true -Dfmt.skip=true package
}
