"""What runs in the system's own Python, beside its LibreOffice: opens files, decides on changes, stores. Not imported.

    python3 office_script.py PIPE     a request a line on standard input (JSON), an answer a line on standard output

A file that LibreOffice would only open by repairing it is not opened: nobody is there to allow it.
"""

import contextlib
import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

_SECONDS = 50


def _property(name, value):
    told = PropertyValue()
    told.Name, told.Value = name, value
    return told


def _desktop(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _answer(context, desktop, asked):
    hidden = [_property("Hidden", True), _property("RepairPackage", False)]
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(asked["open"]), "_blank", 0, tuple(hidden))
    if document is None:
        return {"error": "not opened"}
    try:
        if asked.get("changes"):
            command = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
            make = context.ServiceManager.createInstanceWithContext
            dispatcher = make("com.sun.star.frame.DispatchHelper", context)
            frame = document.CurrentController.Frame
            dispatcher.executeDispatch(frame, command[asked["changes"]], "", 0, ())
        is_text = document.supportsService("com.sun.star.text.TextDocument")
        text = [paragraph.getString() for paragraph in _paragraphs(document)] if is_text else []
        if asked.get("store"):
            document.storeToURL(uno.systemPathToFileUrl(asked["store"]), (_property("FilterName", asked["filter"]),))
        return {"text": text}
    finally:
        document.close(True)


def _paragraphs(document):
    found = document.Text.createEnumeration()
    while found.hasMoreElements():
        one = found.nextElement()
        if one.supportsService("com.sun.star.text.Paragraph"):
            yield one


def main():
    """Answer until the input ends."""
    context, desktop = _desktop(sys.argv[1])
    for line in sys.stdin:
        try:
            answer = _answer(context, desktop, json.loads(line))
        except Exception as error:  # noqa: BLE001 - whatever a document made the office do, it is told
            answer = {"error": f"{type(error).__name__}: {error}"[:400]}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()
    with contextlib.suppress(Exception):  # the connection ends with the office
        desktop.terminate()


if __name__ == "__main__":
    main()
