/// What command lines, output and the prompt can have wrong.
extension Explanation {
  static let ofUsage: [Explanation] = [
    Explanation(
      "E0701", "an unknown option",
      """
      'permql --help' lists the options. Options of permql stand before the script's name; \
      what follows it belongs to the script.
      """),
    Explanation(
      "E0702", "an option that could be several",
      """
      An option may be shortened as long as only one begins so.
      """),
    Explanation(
      "E0703", "an option without what it needs",
      """
      The option takes something, and nothing follows it, or something empty.
      """),
    Explanation(
      "E0704", "an option that takes nothing",
      """
      The option is a switch: it takes no '=VALUE'.
      """),
    Explanation(
      "E0705", "not one of the choices",
      """
      The option takes one of a few words. The message lists them.
      """),
    Explanation(
      "E0706", "not NAME=VALUE",
      """
      --set makes a variable: a name of letters, digits and '_', an '=', and the value, which \
      may be empty.
      """),
    Explanation(
      "E0707", "an argument that is not UTF-8",
      """
      Arguments and PERMQL_STORE are text in UTF-8.
      """),
    Explanation(
      "E0708", "options that exclude each other",
      """
      Two things were asked for of which only one can be done.
      """),
    Explanation(
      "E0709", "nothing to check or to rewrite",
      """
      --check and --reformat want scripts: name them, or pipe one in. --in-place wants files.
      """),
    Explanation(
      "E0710", "an option behind a script's name",
      """
      --check and --reformat take several scripts, and options go before the first.
      """),
    Explanation(
      "E0712", "standard input can't be read",
      """
      The message has the operating system's reason.
      """),
    Explanation(
      "E0714", "the output can't be written",
      """
      The message has the operating system's reason, such as a full disk. The help says \
      whether changes were committed before.
      """),
    Explanation(
      "E0715", "interrupted",
      """
      Ctrl-C, or a signal that means the same, ended the run. What was committed before \
      stands; nothing is half done.
      """),
    Explanation(
      "E0716", "standard input is too long",
      """
      A script has at most 256 MiB and each of its lines at most 1 MiB. Is this a script?
      """),
    Explanation(
      "E0718", "not a chain value",
      """
      --expect takes what --verify printed: a change's number, ':' and 64 hexadecimal digits.
      """),
    Explanation(
      "E0719", "a store is needed",
      """
      The option looks after a store on the disk. Name one with --store or PERMQL_STORE.
      """),
    Explanation(
      "E0720", "an unknown code",
      """
      Codes are a letter and four digits, as messages show them in brackets: E0201.
      """),
    Explanation(
      "E0721", "an unknown command of the prompt",
      """
      What begins with a dot is for the prompt itself. '.help' lists what there is.
      """),
    Explanation(
      "E0722", "a line that the prompt can't read",
      """
      What begins with a dot is one line of UTF-8.
      """),
    Explanation(
      "E0723", "a command of the prompt with a wrong argument",
      """
      The command takes something else, or nothing. '.help' and its name say what.
      """),
    Explanation(
      "E0724", "refused in a sandbox",
      """
      Under --sandbox no command of the prompt touches another file or starts another program.
      """),
    Explanation(
      "E0725", "not inside a transaction",
      """
      The command would leave the store in which a transaction is open. End it with 'commit' \
      or 'rollback'.
      """),
    Explanation(
      "E0726", "no statement yet",
      """
      The command works on the statement that was run last, and none was.
      """),
    Explanation(
      "E0727", "only questions are repeated",
      """
      '.watch' repeats what changes nothing.
      """),
    Explanation(
      "E0728", "a file that the prompt can't use",
      """
      The message has the operating system's reason. '.tee' adds to regular files alone.
      """),
    Explanation(
      "E0729", "the editor failed",
      """
      The program named by $VISUAL or $EDITOR could not be started, or ended with a status \
      that means failure. Nothing was run.
      """),
    Explanation(
      "E0730", "an unknown word",
      """
      It begins no statement. It is most like 'quit' or 'exit', which leave the prompt, or is \
      what another prompt understands: then what does the same here is offered.
      """),
    Explanation(
      "N0711", "an argument that looks like an option",
      """
      What follows the script's name belongs to the script. An option of permql goes before \
      it; '--' before the arguments silences the note.
      """),
    Explanation(
      "N0718", "no store is there yet",
      """
      A question to a store that does not exist is answered as of an empty agency. Its path is \
      mostly misspelt.
      """),
    Explanation(
      "W0717", "the store found something out about itself",
      """
      A commit was cut short by a power cut or a kill, or bytes are damaged. The message says \
      what was done about it.
      """),
  ]
}
