# ./kit doctor: what this machine has, what it lacks, and the one line that installs it. Sourced by
# ./kit. Uses the shell and coreutils only, since anything else may be what is missing.
# shellcheck shell=sh disable=SC2154 # setup.sh assigns java_home

DISK_GIB=6   # Python packages, Maven's, the build and results
MEMORY_GIB=4 # smoke and quick

doctor_usage() {
  cat <<'END'
usage: ./kit doctor [--gpu]

Checks what the kit needs and prints, for what is missing, the line that installs it.
Exit 0 when all is there, 2 when something is missing.

  --gpu   also sets up an NVIDIA GPU: downloads PyTorch's CUDA build (3 GB) into
          environment/gpu/venv; from then on it is used unless --device cpu says otherwise
END
}

# found WHAT DETAIL and missing WHAT DETAIL INSTALL: one line each, and the line that helps.
found() { printf 'ok       %-14s %s\n' "$1" "$2"; }
missing() {
  doctor_missing=$((doctor_missing + 1))
  printf 'missing  %-14s %s\n         %-14s -> %s\n' "$1" "$2" '' "$3"
}

has() { command -v "$1" >/dev/null 2>&1; }

# Sets INSTALL and the names of packages for this machine's package manager.
package_manager() {
  MAVEN=maven PYTHON3="python3 python3-venv"
  CPP=libstdc++6 FONTS="libfreetype6 fontconfig fonts-dejavu-core"
  if has apt-get; then
    INSTALL="apt-get install -y" JDK=openjdk-17-jdk-headless
    # Newer releases of Debian and Ubuntu no longer carry 17.
    if has apt-cache && [ -z "$(apt-cache madison $JDK 2>/dev/null)" ]; then
      JDK=default-jdk-headless
    fi
  elif has dnf; then
    INSTALL="dnf install -y" JDK=java-21-openjdk-devel PYTHON3="python3 python3-pip"
    CPP=libstdc++ FONTS="freetype fontconfig dejavu-sans-fonts"
  elif has brew; then
    INSTALL="brew install" PYTHON3=python FONTS="freetype fontconfig"
    JDK="openjdk@17 && export JAVA_HOME=\"\$(brew --prefix openjdk@17)/libexec/openjdk.jdk/Contents/Home\""
  else
    INSTALL="install with your package manager:" JDK="JDK 17"
  fi
  case $INSTALL in
    apt* | dnf*) [ "$(id -u)" = 0 ] || INSTALL="sudo $INSTALL" ;;
  esac
}

check_java() {
  find_java
  if [ -z "$JAVA" ]; then
    missing "Java" "no java on the PATH or in JAVA_HOME" "$INSTALL $JDK"
  elif ! [ "${JAVA_VERSION%%.*}" -ge 17 ] 2>/dev/null; then
    missing "Java" "$JAVA_VERSION is too old, 17 or newer is needed" "$INSTALL $JDK"
    JAVA=
  elif ! [ -x "$java_home/bin/javac" ]; then
    missing "Java" "$java_home has no javac: a JDK is needed" "$INSTALL $JDK"
    JAVA=
  else
    found "Java" "$JAVA_VERSION with javac, $java_home"
  fi
}

check_maven() {
  if ! has mvn; then
    missing "Maven" "no mvn on the PATH" "$INSTALL $MAVEN"
  elif [ -z "$JAVA" ]; then
    found "Maven" "$(command -v mvn) (not started: it needs Java)"
  elif maven_version=$(mvn -B -v 2>/dev/null); then
    maven_version=${maven_version#*Apache Maven }
    maven_version=${maven_version%%[ (
]*}
    case $maven_version in
      [12].* | 3.[0-5].* | 3.6.[0-2])
        missing "Maven" "$maven_version is too old, 3.6.3 or newer is needed" "$INSTALL $MAVEN"
        ;;
      *) found "Maven" "$maven_version" ;;
    esac
  else
    missing "Maven" "mvn is there but does not start" "$INSTALL $MAVEN"
  fi
}

check_python() {
  PYTHON=${EXPLAINREC_PYTHON:-python3}
  if ! has "$PYTHON"; then
    missing "Python" "no $PYTHON on the PATH" "$INSTALL $PYTHON3"
  elif ! "$PYTHON" -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
    missing "Python" "$PYTHON is older than 3.9" "$INSTALL $PYTHON3"
  elif ! "$PYTHON" -c 'import venv, ensurepip' 2>/dev/null; then
    missing "Python" "$PYTHON has no venv or no ensurepip" "$INSTALL $PYTHON3"
  else
    found "Python" "$("$PYTHON" -c 'import platform; print(platform.python_version())') with venv"
  fi
}

check_space() {
  if [ -d "$ENVIRONMENT/venv" ] && [ -d "$EXPLAINREC_HOME/target/libraries" ]; then
    DISK_GIB=1 # the rest is there already
  fi
  free_gib=$(df -Pk "$EXPLAINREC_HOME" | {
    read -r _
    read -r _ _ _ free _
    echo $((free / 1048576))
  })
  if [ "$free_gib" -ge "$DISK_GIB" ]; then
    found "disk" "$free_gib GiB free"
  else
    missing "disk" "$free_gib GiB free, about $DISK_GIB are needed" "make room, or move this folder"
  fi
  memory_kib=
  if [ -r /proc/meminfo ]; then
    while read -r name value _; do
      [ "$name" != MemTotal: ] || memory_kib=$value
    done </proc/meminfo
  elif has sysctl; then
    memory_kib=$(($(sysctl -n hw.memsize) / 1024))
  fi
  # A machine sold with 4 GB shows a little less.
  if [ -z "$memory_kib" ]; then
    found "memory" "cannot be told here; about $MEMORY_GIB GiB are needed"
  elif [ "$memory_kib" -ge $((MEMORY_GIB * 1048576 * 9 / 10)) ]; then
    found "memory" "$((memory_kib / 1048576)) GiB"
  else
    missing "memory" "$((memory_kib / 1024)) MiB, about $MEMORY_GIB GiB are needed" \
      "run on a larger machine (./kit reproduce --profile smoke may still pass)"
  fi
}

# library NAME: true when the loader's usual folders hold it.
library() {
  for library_file in /lib/"$1" /usr/lib/"$1" /lib64/"$1" /usr/lib64/"$1" /lib/*-linux-gnu*/"$1" \
    /usr/lib/*-linux-gnu*/"$1" "${CONDA_PREFIX:-/usr}/lib/$1"; do
    [ ! -e "$library_file" ] || return 0
  done
  return 1
}

# PyTorch's library comes by Maven with its own OpenMP; these it takes from the machine.
check_native() {
  machine="$(uname -s) $(uname -m)"
  case $machine in
    "Linux x86_64" | "Linux aarch64")
      if [ -e /lib/ld-musl-x86_64.so.1 ] || [ -e /lib/ld-musl-aarch64.so.1 ]; then
        if ! library libc.so.6; then
          missing "PyTorch" "this Linux has musl, PyTorch needs glibc" \
            "use environment/Dockerfile, or another Linux such as Debian"
          return
        fi
      fi
      if library libstdc++.so.6 && library libgcc_s.so.1; then
        found "PyTorch" "its native libraries can load ($machine)"
      else
        missing "PyTorch" "libstdc++.so.6 or libgcc_s.so.1 is not there" "$INSTALL $CPP"
      fi
      ;;
    "Darwin arm64") found "PyTorch" "a build for this machine exists ($machine)" ;;
    *)
      missing "PyTorch" "no build of it for $machine" \
        "use 64-bit Linux (x86 or ARM) or a Mac with an Apple chip"
      ;;
  esac
}

check_charts() {
  if [ -z "$JAVA" ]; then
    printf 'unknown  %-14s %s\n' "charts" "Java is needed to try its fonts"
  elif "$JAVA" -Djava.awt.headless=true "$ENVIRONMENT/doctor/Charts.java" >/dev/null 2>&1; then
    found "charts" "Java can draw text without a screen"
  else
    missing "charts" "Java cannot draw text: libfreetype, fontconfig or any font is not there" \
      "$INSTALL $FONTS"
  fi
}

# PyTorch's CUDA build comes from PyPI, because Maven's repository has none of this version.
set_up_gpu() {
  if ! has nvidia-smi || ! gpus=$(nvidia-smi --query-gpu=name,memory.total --format=csv,noheader \
    2>/dev/null) || [ -z "$gpus" ]; then
    fail "no NVIDIA GPU found here (nvidia-smi shows none); the kit computes on the CPU"
  fi
  [ "$(uname -s) $(uname -m)" = "Linux x86_64" ] ||
    fail "a GPU can be used on 64-bit x86 Linux only"
  found "GPU" "$gpus"
  need_python
  need_torch_python "doctor --gpu"
  ensure_venv gpu "PyTorch's CUDA build into environment/gpu/venv (3 GB to download)" \
    "$ENVIRONMENT/gpu/venv" "$ENVIRONMENT/gpu-requirements.txt"
  gpu_path=$("$ENVIRONMENT/gpu/venv/bin/python" -c \
    'import os, torch; assert torch.cuda.is_available(); print(os.path.join(torch.__path__[0], "lib"))' \
    2>"$STATE/gpu-check.log") ||
    fail "PyTorch cannot use this GPU, the driver may be too old; see environment/.state/gpu-check.log"
  mark_done gpu-library-path "$gpu_path"
  found "GPU" "set up; --device cpu does without it"
}

doctor() {
  case ${1:-} in
    '' | --gpu) ;;
    -h | --help) doctor_usage && exit 0 ;;
    *) fail "doctor: unknown option $1; see ./kit doctor --help" ;;
  esac
  doctor_missing=0
  package_manager
  check_java
  check_maven
  check_python
  check_space
  check_native
  check_charts
  if [ "$doctor_missing" -gt 0 ]; then
    fail "$doctor_missing missing; the lines after -> install what is missing"
  fi
  [ "${1:-}" != --gpu ] || set_up_gpu
  say "All is there; ./kit reproduce is next."
}
