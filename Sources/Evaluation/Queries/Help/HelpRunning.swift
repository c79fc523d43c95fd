import Diagnostics

extension HelpTopic {
  static let running = [
    HelpTopic(
      .running, "preview", "shows what writes would change, and changes nothing",
      syntax: ["preview WRITE", "preview { STATEMENTS }"],
      meaning: ["The answer is who would gain and lose which permissions."],
      examples: ["preview grant outbound to where plan = \"pro\""]),
    HelpTopic(
      .running, "begin", aliases: ["commit", "rollback", "transaction"],
      "starts a transaction",
      syntax: ["begin", "commit", "rollback"],
      meaning: [
        """
        A script is one transaction: all of it happens or none of it. With 'begin' and 'commit' it \
        says itself what belongs together; 'rollback' drops what was done since 'begin'.
        """,
        """
        At a prompt nobody else waits for a transaction. Where others have committed before it does, \
        its writes are computed again, and refused unless they do exactly what was told.
        """,
      ],
      examples: ["begin; grant outbound to \"Acme Dental\"; rollback"]),
    HelpTopic(
      .running, "let", aliases: ["variable", "variables"], "names a value for the rest of the run",
      syntax: [
        "let $NAME = subaccounts WHO", "let $NAME = permissions PERMS", "let $NAME = VALUE",
        "let $NAME = count WHO",
      ],
      meaning: [
        """
        'let' freezes: it holds the subaccounts that were selected when it ran. 'define' is stored, \
        and live.
        """
      ],
      examples: ["let $before = count having outbound; print $before"]),
    HelpTopic(
      .running, "assert", aliases: ["no", "some"], "stops the script unless something is true",
      syntax: [
        "assert (no | some | N | at least N | at most N) subaccounts [WHO] [else \"MESSAGE\"]",
        "assert all subaccounts [WHO] (have | lack) [any] PERMS [else \"MESSAGE\"]",
      ],
      meaning: ["Where it is false the run ends with status 3 and nothing is changed."],
      examples: [
        "assert at least 1 subaccounts where plan = \"pro\"",
        "assert all subaccounts have assistants else \"somebody lost the agents\"",
      ]),
    HelpTopic(
      .running, "if", aliases: ["else"], "runs statements only where something is true",
      syntax: ["if CONDITION { STATEMENTS } [else { STATEMENTS }]"],
      meaning: ["The condition is what 'assert' takes, without the word itself."],
      examples: [
        "if some subaccounts lacking logs { grant logs to all } else { print \"nothing to do\" }"
      ]),
    HelpTopic(
      .running, "run", "runs another script as part of this one",
      syntax: ["run \"FILE\" [VALUE …]"],
      meaning: ["The values are $1, $2, … in that script. It belongs to the same transaction."],
      examples: ["run \"nightly.pql\" \"pro\" 500"]),
    HelpTopic(
      .running, "print", "writes values",
      syntax: ["print VALUE, …"],
      meaning: ["In machine formats it goes to standard error, beside the results."],
      examples: ["print \"done at\", now"]),
    HelpTopic(
      .running, "quit", aliases: ["exit", "prompt"], "leaves the prompt",
      syntax: ["quit", "exit"],
      meaning: [
        """
        Both stand alone, at the prompt only, and Ctrl-D does the same. A transaction that is open \
        is asked about first. What begins with a dot is for the prompt too: .help lists it.
        """
      ],
      examples: ["help prompt"]),
    HelpTopic(
      .running, "export", aliases: ["report", "spreadsheet"], "writes subaccounts to a file",
      syntax: [
        "export [WHO] to \"FILE\" [as csv | json | jsonl] [spreadsheet safe]",
        "export report to \"FILE\" [as of TIME]",
        "export requests since TIME [until TIME] to \"FILE\"",
      ],
      meaning: [
        """
        What 'export' writes, 'import' reads back to the same store. 'spreadsheet safe' takes the \
        edge off texts that a spreadsheet would run as formulas.
        """,
        """
        'export report' writes a page for people, in one file that needs no other: adoption, \
        profiles, outliers, policies, recent changes and the matrix, for a browser and for print. \
        Where there are too many for a page it says what it left out.
        """,
        """
        'export requests' writes the calls of the Subaccounts API that bring a platform from what the \
        store was then to what it is, one a line; what no call can change is noted at the end.
        """,
      ],
      examples: [
        "export where plan = \"pro\" to \"pro.csv\"", "export report to \"agency.html\"",
        "export requests since yesterday to \"requests.jsonl\"",
      ]),
  ]
}
