import Diagnostics

extension HelpTopic {
  static let writing = [
    HelpTopic(
      .writing, "grant", aliases: ["only"], "turns permissions on",
      syntax: ["grant PERMS to WHO", "grant only PERMS to WHO"],
      meaning: [
        """
        'grant' turns the permissions on and leaves the others as they are; 'grant only' turns the \
        others off, except those that are always on. Everyone is spelled 'all'.
        """
      ],
      examples: [
        "grant outbound to \"Acme Dental\"",
        "grant integrations.* to where plan = \"pro\" expect at most 500",
        "grant only inbound, logs to \"Acme Dental\" because \"ticket 4711\"",
      ]),
    HelpTopic(
      .writing, "revoke", "turns permissions off",
      syntax: ["revoke PERMS from WHO"],
      meaning: [
        """
        A permission that is always on can't be revoked: naming it is an error, and a wildcard \
        leaves it out.
        """
      ],
      examples: ["revoke outbound, send_sms from where max_minutes < 100"]),
    HelpTopic(
      .writing, "copy", "makes permissions like another subaccount's",
      syntax: ["copy PERMS from REF to WHO"],
      meaning: ["Of the permissions named, each is set as the first subaccount has it, on or off."],
      examples: ["copy actions.* from \"Acme Dental\" to where plan = \"pro\""]),
    HelpTopic(
      .writing, "create", aliases: ["like", "with"], "makes subaccounts, or a permission",
      syntax: [
        "create subaccount \"A\" [, \"B\" …] [like REF | with PERMS | with nothing] "
          + "[set ATTRIBUTE = VALUE, …]",
        "create permission AREA.NAME label \"LABEL\" [api \"FIELD\"] [ui only] [always]",
      ],
      meaning: [
        """
        A new subaccount has the permissions of the most recently created one that still exists; \
        the result says whose. 'like' takes another's, 'with' takes these, 'with nothing' takes \
        only those that are always on.
        """,
        """
        'create permission' adds one to the catalogue, for when the platform adds it. Nobody has \
        it yet, unless it is 'always'.
        """,
      ],
      examples: [
        "create subaccount \"Bright Smiles\" set plan = \"pro\", max_minutes = 500",
        "create subaccount \"Corner Law\" with inbound, logs",
        "create permission integrations.zapier label \"Zapier\"",
      ]),
    HelpTopic(
      .writing, "rename", "gives a subaccount another name",
      syntax: ["rename REF to \"NAME\""],
      meaning: ["The new name must not be taken."],
      examples: ["rename \"Acme Dental\" to \"Acme Dental Care\""]),
    HelpTopic(
      .writing, "delete", "removes subaccounts",
      syntax: ["delete subaccounts WHO"],
      meaning: [
        "They are gone from every list; the change that removed them keeps what they were."
      ],
      examples: ["delete subaccounts \"Acme Dental\" expect 1"]),
    HelpTopic(
      .writing, "set", aliases: ["unset", "attributes", "attribute"],
      "gives attributes a value, or takes it away",
      syntax: ["set ATTRIBUTE = VALUE, … for WHO", "unset ATTRIBUTE, … for WHO"],
      meaning: [
        """
        Any name that is not yet an attribute becomes one, of the type of its first value: text, \
        number, true/false or time. The quotas max_agents, max_minutes and max_workflow_runs also \
        take 'unlimited', which is neither 0 nor unset. A name that is a keyword is written in \
        backquotes.
        """
      ],
      examples: [
        "set plan = \"pro\", max_minutes = unlimited for \"Acme Dental\"",
        "unset email for where email ~ \"*@example.com\"",
      ]),
    HelpTopic(
      .writing, "protect", aliases: ["unprotect", "protected"],
      "keeps subaccounts from being changed",
      syntax: ["protect WHO", "unprotect WHO"],
      meaning: [
        """
        A write that reaches a protected subaccount by a filter leaves it alone and counts it; one \
        that names it is an error. 'including protected' at the end of a write lifts both.
        """
      ],
      examples: ["protect \"Acme Dental\"", "show subaccounts where protected = true"]),
    HelpTopic(
      .writing, "undo", "puts back what a change changed",
      syntax: ["undo", "undo last N", "undo change N"],
      meaning: [
        """
        'undo' alone is about the newest change, 'undo last N' about that many together. It is a new \
        change itself, so it can be previewed, refused by a policy, and undone. Who was created is \
        deleted, who was deleted is restored; names, attributes, protection, saved sets and \
        policies get their old values.
        """,
        """
        A cell that a later change touched is left, and so is a subaccount that was changed after it \
        was created: a note lists them, and the summary counts subaccounts that are left whole \
        as 'already'. Permissions stay in the catalogue. Protected subaccounts are left alone \
        unless 'including protected' ends the statement.
        """,
      ],
      examples: [
        "undo", "preview undo last 3", "undo change 17 expect at most 500 because \"ticket 4711\"",
      ]),
    HelpTopic(
      .writing, "restore", "makes permissions as they were at an earlier moment",
      syntax: ["restore PERMS of WHO as of TIME"],
      meaning: [
        """
        Of the permissions named, each is set as it was then, on or off, whoever changed it since. \
        Who was not there then is left, with a note.
        """
      ],
      examples: [
        "restore outbound, chat of \"Acme Dental\" as of yesterday",
        "restore * of where plan = \"pro\" as of change 17",
      ]),
    HelpTopic(
      .writing, "import", aliases: ["matching", "csv", "json", "jsonl"],
      "merges a file of subaccounts into the store",
      syntax: ["import \"FILE\" [as csv | json | jsonl] [matching id | matching name]"],
      meaning: [
        """
        Rows match by id, or by name where the file has no ids. A column or a row that is absent \
        removes nothing, and an empty cell leaves the value as it is. A new subaccount has just \
        what the file says. Importing a file twice changes nothing the second time.
        """
      ],
      examples: ["import \"agency.csv\"", "import \"quotas.csv\" matching name"]),
    HelpTopic(
      .writing, "define", aliases: ["drop", "policy", "policies", "definitions"],
      "saves a set of permissions or subaccounts, or a policy",
      syntax: [
        "define $NAME as permissions PERMS",
        "define $NAME as subaccounts WHO",
        "define policy NAME as no subaccounts WHO [because \"WHY\"]",
        "drop $NAME",
        "drop policy NAME",
      ],
      meaning: [
        """
        A saved set is stored and live: it means whoever is selected when it is used. A policy is \
        checked at every commit; a transaction that would break it is refused whole.
        """
      ],
      examples: [
        "define $starter as permissions inbound, logs, analytics",
        "define $dentists as subaccounts where name ~ \"*dental*\"",
        "define policy trials as no subaccounts where plan = \"trial\" having outbound "
          + "because \"FIN-77\"",
      ]),
  ]
}
