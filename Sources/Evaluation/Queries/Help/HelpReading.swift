import Diagnostics

extension HelpTopic {
  static let reading = [
    HelpTopic(
      .reading, "show", aliases: ["subaccounts", "matrix", "columns", "sort", "limit"],
      "lists subaccounts, permissions, attributes, definitions, policies",
      syntax: [
        "show subaccounts [WHO]",
        "show \"NAME\"",
        "show permissions [PERMS] [of WHO]",
        "show matrix [PERMS] [of WHO]",
        "show attributes | definitions | policies | store",
        "… as of TIME",
      ],
      meaning: [
        """
        'show subaccounts' is a list, 'show "NAME"' one subaccount's card, 'show permissions' the \
        catalogue with how many have and lack each, 'show matrix' subaccounts by permissions as \
        check marks.
        """,
        """
        A list is in order of creation. It also takes 'columns A, B, …' (attributes, or \
        permissions, which become true/false columns), 'sort by A [desc], …' and 'limit N', in \
        this order. After a list of subaccounts, 'those' means the ones that it listed.
        """,
      ],
      examples: [
        "show subaccounts lacking outbound as of yesterday",
        "show subaccounts where plan = \"pro\" columns name, plan, outbound sort by name limit 10",
        "show \"Acme Dental\"",
        "show permissions integrations.* of where plan = \"pro\"",
        "show matrix agent_types.* of having any inbound, outbound",
      ]),
    HelpTopic(
      .reading, "count", aliases: ["by"], "counts subaccounts, all or by group",
      syntax: ["count [subaccounts] [WHO] [by ATTRIBUTE | by permission]"],
      meaning: [
        """
        With 'by', one row for each value of an attribute, those without a value last; or one row \
        for each permission, with how many have it.
        """
      ],
      examples: [
        "count lacking outbound",
        "count by plan",
        "count where plan = \"pro\" by permission",
      ]),
    HelpTopic(
      .reading, "profiles", aliases: ["profile"],
      "lists the distinct permission sets, and how many have each",
      syntax: ["show profiles [of WHO]"],
      meaning: [
        """
        The set that most subaccounts have comes first; below is said what share the largest ones \
        cover together. 'columns' may also name share, covered (by this set and those above it) \
        and example, the first subaccount that has it.
        """
      ],
      examples: [
        "show profiles", "show profiles of where plan = \"pro\" limit 3",
        "show profiles columns profile, `count`, covered, example",
      ]),
    HelpTopic(
      .reading, "outliers", aliases: ["outlier"],
      "lists permissions in which somebody differs from nearly all others",
      syntax: ["show outliers [of WHO] [by ATTRIBUTE]"],
      meaning: [
        """
        With 'by', subaccounts are compared with those that have the same value. A cell is an \
        outlier if at most 5% of its group agree with it, or nobody else does in a group of 10 or \
        more; smaller groups are not judged. The most surprising comes first: 'share' is how many \
        of the group agree with this subaccount.
        """
      ],
      examples: ["show outliers", "show outliers by plan limit 10"]),
    HelpTopic(
      .reading, "chart", aliases: ["actor", "day", "week"],
      "draws how many have each permission, or when changes were made",
      syntax: [
        "chart permissions [by ATTRIBUTE] [of WHO] [as of TIME]",
        "chart changes [by day | by week | by actor] [since TIME]",
      ],
      meaning: [
        """
        A terminal has bars, and a timeline for days and weeks; a pipe has the numbers. Days \
        without changes are no rows, weeks begin on Mondays, all in UTC. Of many groups a chart has \
        room for the 50 largest.
        """
      ],
      examples: [
        "chart permissions by plan", "chart changes by week since 2026-01-01",
        "chart changes by actor",
      ]),
    HelpTopic(
      .reading, "changes", aliases: ["change", "history"],
      "lists what was changed, when and by whom",
      syntax: [
        "show changes [of WHO] [to PERMS] [by \"ACTOR\"] [since TIME] [until TIME] [limit N]",
        "show change N",
      ],
      meaning: [
        """
        The newest change comes first. 'gained' and 'lost' count cells: permissions of subaccounts. \
        'columns' may also name script, line, user and host.
        """,
        """
        'show change N' has a row for each subaccount that the change touched: the permissions that \
        it gained and lost, and in 'other' what else: created, deleted, restored, renamed, protected, \
        attributes set. What concerns no subaccount, such as a saved set, has neither id nor name. \
        'of' may name who has been deleted since.
        """,
      ],
      examples: [
        "show changes limit 10", "show changes of \"Acme Dental\" to outbound since 2026-01-01",
        "show changes by \"nightly\" since yesterday columns change, time, script, line",
        "show change 1",
      ]),
    HelpTopic(
      .reading, "differences", aliases: ["difference", "since", "until"],
      "lists who gained and lost what between two moments",
      syntax: ["show differences since TIME [until TIME] [of WHO]"],
      meaning: [
        """
        The net, not the log: what was granted and revoked again is not there. Who was created in \
        between gained what they have, who was deleted lost what they had.
        """
      ],
      examples: [
        "show differences since yesterday",
        "show differences since change 3 until change 9 of where plan = \"pro\"",
      ]),
    HelpTopic(
      .reading, "compare", "lists the permissions in which two subaccounts differ",
      syntax: [
        "compare REF [as of TIME] with REF [as of TIME]", "compare store with \"FILE\"",
      ],
      meaning: [
        "Only what differs is listed. One subaccount may be compared with itself at another time.",
        "The file is an answer of the Subaccounts API: what it does not say is not compared.",
      ],
      examples: [
        "compare \"Acme Dental\" with \"Birch Legal\"",
        "compare \"Acme Dental\" as of yesterday with \"Acme Dental\"",
        "compare store with \"response.json\"",
      ]),
    HelpTopic(
      .reading, "why", aliases: ["has", "lacks"],
      "says since when, by whom and by which statement a permission is as it is",
      syntax: ["why REF (has | lacks) PERM [as of TIME]"],
      meaning: [
        """
        The answer first, then the change that made it so, what it was before, and where it came \
        from if the subaccount was created with another's permissions. A question that is wrong is \
        answered with what is so. Policies that forbid the opposite are named.
        """,
        """
        Where PERM is a saved set, an area or *, there is an answer for each member of which the \
        question is right. For programs: 'change' made it so, 'earlier' are the changes before, \
        'inherited_from' is whose permissions the subaccount was given, and 'origin' the change in \
        which a statement set it for that one or the one before it.
        """,
      ],
      examples: [
        "why \"Acme Dental\" lacks outbound", "why \"Acme Dental\" lacks agent_types.*",
        "why \"Acme Dental\" has logs as of yesterday",
      ]),
    HelpTopic(
      .reading, "check", "says which policies hold, and who breaks the others",
      syntax: ["check [policy NAME]"],
      meaning: [
        """
        Every commit checks every policy and is refused where one does not hold, so a policy can \
        only be broken before it is defined: 'check' with all holding is the normal answer.
        """
      ],
      examples: ["check"]),
    HelpTopic(
      .reading, "help", "prints this, or what a word means",
      syntax: ["help [TOPIC]"],
      meaning: ["A topic is a statement's first word, or one of the parts below."],
      examples: ["help", "help grant"]),
  ]
}
