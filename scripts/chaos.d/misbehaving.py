"""A distribution like that of the checkout, but with a worker that misbehaves when a picture's name tells it to."""

import shutil
import subprocess
import zipfile

from context import HERE

MAIN = "imgpipe/worker/WorkerMain"


def distribution(context):
    """The environment that makes the launcher start it."""
    home = context.work / "misbehaving"
    if context.misbehaving != home:
        # One of an earlier start may be of an earlier build.
        shutil.rmtree(home, ignore_errors=True)
        real = HERE.parents[1] / "pipeline" / "target" / "imgpipe" / "lib"
        classes = home / "classes"
        classes.mkdir(parents=True)
        javac = context.java_home / "bin" / "javac"
        source = HERE / "worker" / f"{MAIN}.java"
        subprocess.run([javac, "-nowarn", "-proc:none", "-cp", f"{real}/*", "-d", classes, source], check=True)
        lib = home / "lib"
        lib.mkdir()
        for jar in real.iterdir():
            if jar.name.startswith("worker-"):
                replace_main(jar, lib / jar.name, classes)
            elif jar.is_dir():
                shutil.copytree(jar, lib / jar.name)
            else:
                shutil.copy(jar, lib)
        context.misbehaving = home
    # Its caches of classes would be made for each work folder.
    return {"IMGPIPE_HOME": str(home), "IMGPIPE_AOT": "off"}


def replace_main(jar, copy, classes):
    with zipfile.ZipFile(jar) as real, zipfile.ZipFile(copy, "w") as changed:
        for entry in real.infolist():
            if not entry.filename.startswith(MAIN):
                changed.writestr(entry, real.read(entry))
        for file in sorted((classes / MAIN).parent.iterdir()):
            changed.write(file, str(file.relative_to(classes)))
