import Diagnostics

extension HelpTopic {
  static let parts = [
    HelpTopic(
      .parts, "who",
      aliases: ["all", "where", "having", "lacking", "except", "those", "selection", "ref"],
      "which subaccounts: WHO and REF",
      syntax: [
        "all | REF, REF, …",
        "REF: \"NAME\" | #ID | $NAME | those",
        "having [any] PERMS | lacking [any] PERMS",
        "where CONDITION",
        "except REF, REF, … | except (WHO)",
      ],
      meaning: [
        """
        Filters side by side are joined by 'and', and may stand alone. 'having A, B' has every one, \
        'having any A, B' at least one; 'lacking A, B' lacks every one, 'lacking any A, B' at least \
        one.
        """
      ],
      examples: [
        "show subaccounts \"Acme Dental\", \"Harbor Law\"",
        "show subaccounts having inbound lacking outbound where plan = \"pro\"",
        "count all except (where plan = \"trial\")",
      ]),
    HelpTopic(
      .parts, "conditions",
      aliases: ["condition", "in", "between", "within", "is", "and", "or", "not"],
      "what 'where' takes: CONDITION",
      syntax: [
        "ATTRIBUTE = VALUE       also != < <= > >=",
        "ATTRIBUTE ~ \"PATTERN\"   also !~",
        "ATTRIBUTE [not] in (VALUE, …)",
        "ATTRIBUTE between VALUE and VALUE",
        "ATTRIBUTE is [not] set",
        "ATTRIBUTE within N minutes | hours | days | weeks",
        "(having | lacking) [any] PERMS",
        "not CONDITION | CONDITION and CONDITION | CONDITION or CONDITION | (CONDITION)",
      ],
      meaning: [
        """
        Besides the stored attributes there are id, name, created, permission_count, changed (the \
        last permission change), changed_by and protected. A test of an unset attribute is false, \
        and '!=', '!~' and 'not in' are exactly the opposite of '=', '~' and 'in'. 'not' binds \
        tightest, then 'and', then 'or'.
        """,
        """
        A pattern is compared with the whole value in any case: '*' is any run of characters, '?' \
        one, '[a-z]' a class, '[!a-z]' its opposite, '{dental,legal}' one of several.
        """,
      ],
      examples: [
        "count where name ~ \"*dental*\" and not plan in (\"trial\", \"pro\")",
        "count where created within 30 days or max_minutes between 100 and 500",
        "count where email is not set",
      ]),
    HelpTopic(
      .parts, "permissions", aliases: ["permission", "perms", "without"],
      "which permissions: PERMS",
      syntax: [
        "PERM, PERM, … [without PERM, …]",
        "PERM: outbound | agent_types.outbound | integrations.* | * | \"Knowledge Base\" | $NAME",
      ],
      meaning: [
        """
        A bare name that the API uses means that permission: 'actions' is general.actions. Names \
        match in any case.
        """
      ],
      examples: [
        "show permissions",
        "count having any integrations.* without twilio",
      ]),
    HelpTopic(
      .parts, "values", aliases: ["value", "time", "times", "text", "number", "unlimited", "as"],
      "texts, numbers and times: VALUE",
      syntax: [
        "\"text\" | 'text'",
        "500 | 1_000 | 2.5 | unlimited | true | false",
        "2026-11-01 | 2026-11-01T09:30Z | now | today | yesterday | 3 days ago",
        "change 42 | change 0",
        "$NAME | $1",
      ],
      meaning: [
        """
        In texts, \\" \\' \\\\ \\n \\t and \\u{1F600} stand for what can't be typed. A time \
        without a zone is UTC.
        """,
        """
        'change 42' is the moment just after that change, and 'change 0' the empty agency. Questions \
        about the agency, and 'export', end with 'as of' and a time: names of subaccounts are those \
        of then, saved sets mean what they mean now, and permissions and attributes that were added \
        later are off and unset.
        """,
      ],
      examples: ["count where created >= 2026-01-01", "count where max_minutes = unlimited"]),
    HelpTopic(
      .parts, "modifiers", aliases: ["expect", "because", "including"],
      "what may end any write",
      syntax: [
        "expect N | expect N..M | expect at most N", "because \"WHY\"", "including protected",
      ],
      meaning: [
        """
        'expect' says how many subaccounts the write may change; otherwise it fails with status 3 \
        and nothing is changed. 'because' is kept with the change.
        """
      ],
      examples: ["grant logs to all expect at most 5000 because \"audit\""]),
  ]
}
