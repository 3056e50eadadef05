"""The Jupyter kernel "Java (ExplainRec Kit)": JJava or IJava with the kit's class path."""

import json
import os
import site
import sys
from pathlib import Path

from runner import places
from runner.errors import BadInput, OneLineParser

DISPLAY_NAME = "Java (ExplainRec Kit)"


def ijava_jar(folder):
    """Returns the kernel's jar in an unpacked IJava release."""
    root = Path(folder).expanduser().resolve()
    jars = sorted(root.glob("java/ijava-*.jar")) + sorted(root.glob("ijava-*.jar"))
    if not jars:
        raise BadInput(f"--kernel {folder}: no java/ijava-1.3.0.jar there; "
                       "give the folder where ijava-1.3.0.zip was unpacked")
    return jars[0]


def describe(ijava, java, jvm_options, prefix):
    """Returns the kernelspec as a dictionary.

    JJava's own launcher starts whichever `java` comes first on the PATH as a second process and
    hides how it ended, so the kernel's jar is started directly, by the Java that was chosen.
    """
    jar = ijava or Path(prefix) / "share/jupyter/kernels/java/jjava.jar"
    family = "IJAVA" if ijava else "JJAVA"
    errors = places.STATE / "java-error-%p.log"
    libraries = [places.HOME / "target/explainrec-kit.jar", places.HOME / "target/libraries/*.jar"]
    environment = {
        "EXPLAINREC_HOME": str(places.HOME),
        f"{family}_CLASSPATH": os.pathsep.join(map(str, libraries)),
        f"{family}_STARTUP_SCRIPTS_PATH": str(places.HOME / "environment/kernel/startup.jsh"),
    }
    names = os.environ.get("EXPLAINREC_JVM_VARIABLES", "").split()  # as setup.sh decided them
    environment.update({name: os.environ[name] for name in names if name in os.environ})
    return {
        "argv": [java, *jvm_options.split(), f"-XX:ErrorFile={errors}",
                 "--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED",
                 "-jar", str(jar), "{connection_file}"],
        "display_name": DISPLAY_NAME,
        "language": "java",
        "interrupt_mode": "message",
        "env": environment,
    }


def install(ijava=None, prefix=None):
    """Writes the kernelspec into a Python environment, by default the one that runs this."""
    spec = describe(ijava, os.environ["EXPLAINREC_JAVA"], os.environ["EXPLAINREC_JVM_OPTIONS"],
                    sys.prefix)
    folder = Path(prefix or sys.prefix) / "share/jupyter/kernels" / places.KERNEL
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "kernel.json.part"
    part.write_text(json.dumps(spec, indent=1), encoding="utf-8")
    part.replace(folder / "kernel.json")
    return folder


def parse(arguments):
    """Reads the options of `./kit kernel`."""
    parser = OneLineParser(prog="./kit kernel", allow_abbrev=False, description=(
        f'Registers the kernel "{DISPLAY_NAME}" with a Jupyter of your own, which editors find'
        " too. ./kit lab and ./kit reproduce need no such thing."))
    parser.add_argument("--prefix", metavar="DIR", help=(
        "the Python environment that holds the Jupyter (where your own packages go)"))
    return parser.parse_args(arguments)


def register(given):
    """Installs the kernelspec for this user, or below a prefix, and says where."""
    print(f"{DISPLAY_NAME}: {install(prefix=given.prefix or site.USER_BASE or site.getuserbase())}")
