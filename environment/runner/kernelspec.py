"""The Jupyter kernel "Java (ExplainRec Kit)": JJava or IJava with the kit's class path."""

import json
import os
import sys
from pathlib import Path

from runner import places
from runner.errors import BadInput

DISPLAY_NAME = "Java (ExplainRec Kit)"
PASSED_ON = ("OPT_OUT_TRACKING", "DJL_CACHE_DIR", "MALLOC_MMAP_THRESHOLD_",
             "MALLOC_TRIM_THRESHOLD_")


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
    environment.update({key: os.environ[key] for key in PASSED_ON if key in os.environ})
    return {
        "argv": [java, *jvm_options.split(), f"-XX:ErrorFile={errors}",
                 "--add-opens", "jdk.jshell/jdk.jshell=ALL-UNNAMED",
                 "-jar", str(jar), "{connection_file}"],
        "display_name": DISPLAY_NAME,
        "language": "java",
        "interrupt_mode": "message",
        "env": environment,
    }


def install(ijava=None):
    """Writes the kernelspec into the Python environment that runs this."""
    spec = describe(ijava, os.environ["EXPLAINREC_JAVA"], os.environ["EXPLAINREC_JVM_OPTIONS"],
                    sys.prefix)
    folder = Path(sys.prefix) / "share/jupyter/kernels" / places.KERNEL
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / "kernel.json.part"
    part.write_text(json.dumps(spec, indent=1), encoding="utf-8")
    part.replace(folder / "kernel.json")
