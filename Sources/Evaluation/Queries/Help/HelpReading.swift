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
        attributes set. What concerns no subaccount, such as a saved set, has neither id nor name.
        """,
      ],
      examples: [
        "show changes limit 10", "show changes of \"Acme Dental\" to outbound since 2026-01-01",
        "show changes by \"nightly\" since yesterday columns change, time, script, line",
        "show change 1",
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
