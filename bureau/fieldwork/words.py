"""What the scripts say, in the language of the page; a name in braces is filled in there."""

from django.utils.translation import gettext as _


def every() -> dict[str, str]:
    return {**_states(), **_meanwhile(), **_taking(), **_rescue()}


def _states() -> dict[str, str]:
    return {
        "safe": _("Safe on the server"),
        "safeAt": _("Safe on the server ({at})"),
        "kept": _("Kept on this device"),
        "keptCount": _("Kept on this device, not yet on the server: {entries} entries, {photos} photos."),
        "memoryCount": _(
            "This browser keeps nothing: {entries} entries and {photos} photos are on this page alone. Do not close it."
        ),
        "empty": _("Nothing entered yet"),
        "sending": _("Sending …"),
        "noLine": _("No connection; it is tried again by itself."),
        "loggedOut": _("You are logged out; nothing is lost."),
        "logIn": _("Log in and go on"),
        "otherPerson": _("Another person is logged in: this is sent when its own person logs in."),
        "refusedAll": _("The server refused this ({status}). Nothing on this device is lost."),
        "refused": _("The server did not take this. Nothing on the page is lost."),
        "toDecide": _("{count} entries were changed at the office meanwhile: choose below which shall stand."),
        "notTaken": _("{count} entries were not taken by the server: look at the marked fields."),
        "closed": _("This form was submitted or given up meanwhile; {count} entries of this device came too late."),
        "openRecord": _("Open the record"),
        "wantsSubmit": _("It is submitted as soon as everything is on the server."),
        "problems": _("Not submitted: look at the marked fields."),
        "receiptFields": _("The server has {fields} fields and {photos} photos of this form ({at})."),
        "receiptPhoto": _("{name}, {size}, digest {digest}"),
        "clockWrong": _("The clock of this device is wrong by {hours} hours. That does no harm to the entries."),
        "tooLong": _("This text is too long."),
        "tooLarge": _("This photo is too large."),
        "removePhoto": _("Remove photo"),
        "really": _("Remove this with what was entered in it?"),
        "discardReally": _("Give up this form with all that was entered?"),
        "foundRows": _("{count} of {all} shown"),
        "progress": _("{done} of {all}"),
        "searchOffline": _("The search needs a connection: leave this open and choose later."),
    }


def _meanwhile() -> dict[str, str]:
    return {
        "changedThere": _("Changed at the office: {value}"),
        "before": _("Before"),
        "here": _("Entered here"),
        "there": _("At the office"),
        "nothing": _("(empty)"),
        "keepMine": _("Keep mine"),
        "takeTheirs": _("Take the office's"),
        "rowThere": _("You removed this here, at the office it was changed."),
        "removeAnyway": _("Remove it"),
        "keepRow": _("Keep it as the office has it"),
    }


def _taking() -> dict[str, str]:
    return {
        "take": _("Take along"),
        "takenAt": _("Taken along ({at})"),
        "taking": _("Taking along {done} of {count} …"),
        "tookAll": _("Everything is on this device."),
        "takeFailed": _("{count} forms could not be taken along: {why}"),
        "forget": _("Remove from this device"),
        "forgetLateReally": _("Remove this form with the entries that came too late from the device?"),
        "forgetReally": _("Remove this form from the device? It stays on the server."),
        "begunHere": _("Begun on this device"),
        "submitted": _("Submitted"),
        "others": _(
            "On this device {count} forms of other persons wait to be sent. They are sent when that person logs in."
        ),
        "needsHttps": _(
            "Without HTTPS the forms cannot be taken along: this page opens only with a connection. What is entered is "
            "kept on this device all the same."
        ),
        "noWorker": _("This browser cannot take forms along."),
    }


def _rescue() -> dict[str, str]:
    return {
        "rescue": _("Download a rescue file"),
        "nearlyFull": _("The store of this device is nearly full ({free} left). Download a rescue file."),
        "refusedStore": _(
            "This browser refuses to keep entries. Download a rescue file before you close it, or use another browser."
        ),
        "notPersisted": _(
            "The browser did not promise to keep what is entered when the device is short of space. Install this page "
            "as an app, or download a rescue file before you leave."
        ),
        "notRescue": _("This is no rescue file, or it is damaged."),
        "othersRescue": _("This rescue file is of {name}: log in as that person."),
        "rescued": _("{forms} forms, {entries} entries and {photos} photos were read. They are sent now."),
        "rescuedDamaged": _("{count} photos in the file are damaged and were left out."),
        "allSafe": _("Everything in this file is safe on the server."),
        "someLeft": _("Not everything could be sent: open the forms below."),
    }
