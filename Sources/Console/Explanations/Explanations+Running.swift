/// What statements can come to while they run.
extension Explanation {
  static let ofRunning: [Explanation] = [
    Explanation(
      "E0420", "no subaccount has this name",
      """
      Names are compared exactly, byte by byte, in upper and lower case. The message names the \
      nearest. For all whose name is like something, write: where name ~ "acme*".
      """),
    Explanation(
      "E0421", "no subaccount has this id",
      """
      Ids are compared exactly. A subaccount that was deleted has none any more; 'show \
      changes' and 'as of' know it still.
      """),
    Explanation(
      "E0422", "several subaccounts have this name",
      """
      Imported data may have the same name twice. So that nobody is changed by mistake, name \
      the one that is meant by its id: #1726005822670x239735712159542050.
      """),
    Explanation(
      "E0423", "nothing has been listed",
      """
      'those' means the subaccounts of the last listing in this run. List some first with \
      'show subaccounts'.
      """),
    Explanation(
      "E0424", "not one subaccount",
      """
      At this place there must be exactly one subaccount, and the variable or set holds none \
      or several.
      """),
    Explanation(
      "E0441", "the name is taken",
      """
      'create' and 'rename' refuse a name that a subaccount has already, because names are how \
      people know them.
      """),
    Explanation(
      "E0442", "no name for a subaccount",
      """
      A name has at least one byte and at most 1,024.
      """),
    Explanation(
      "E0443", "protected",
      """
      Who is protected and named outright is not changed, and the statement fails; who is \
      protected and selected by a filter is passed over and counted. 'including protected' at \
      the end of the statement lifts both, 'unprotect' lifts the protection itself.
      """),
    Explanation(
      "E0444", "the expectation does not hold",
      """
      The statement says by 'expect' how many subaccounts it changes, and it would change \
      another number. Nothing was changed, and the exit status is 3. 'preview' in front of the \
      statement shows whom it concerns.
      """),
    Explanation(
      "E0445", "the assertion does not hold",
      """
      'assert' stops the script where something is not as the script was written for. Nothing \
      of the transaction was changed, and the exit status is 3.
      """),
    Explanation(
      "E0446", "refused by a policy",
      """
      Every commit is held against every policy, and one that leaves anybody who breaks a \
      policy is refused whole, with exit status 4. The message names the first of them. \
      'check' shows all policies; 'except' leaves people out of a statement.
      """),
    Explanation(
      "E0447", "a transaction is open already",
      """
      Transactions do not stand inside each other. End the open one with 'commit' or \
      'rollback'.
      """),
    Explanation(
      "E0448", "no transaction is open",
      """
      'commit' and 'rollback' end what 'begin' opened.
      """),
    Explanation(
      "E0449", "a transaction is left open",
      """
      The script says 'begin' and ends without 'commit' or 'rollback'. What was done since \
      'begin' was rolled back.
      """),
    Explanation(
      "E0450", "this run is read-only",
      """
      The statement writes, and --read-only refuses every write before anything runs. \
      'preview' and --dry-run are allowed.
      """),
    Explanation(
      "E0451", "this run is in a sandbox",
      """
      Under --sandbox no statement may touch another file: import, export, run and the like \
      are refused before anything runs.
      """),
    Explanation(
      "E0452", "scripts run one inside the other too deep",
      """
      A script that runs scripts does so at most 16 deep. One that runs itself would never \
      end.
      """),
    Explanation(
      "E0453", "the output could not be written",
      """
      The disk is full, or what read the output is gone. The message says whether changes were \
      committed before.
      """),
    Explanation(
      "E0454", "nothing to undo",
      """
      The store has no change yet.
      """),
    Explanation(
      "E0455", "fewer changes than are to be undone",
      """
      'undo last N' wants N changes, and there are not so many.
      """),
    Explanation(
      "E0456", "somebody else committed between what was read and what is written",
      """
      What a script's transaction reads must still be so when it writes, or it would decide on what \
      is no longer there. A script that writes holds the writer's lock from its first statement on; \
      but where only a script that it runs writes, others may commit before. Nothing of the \
      transaction was written: run it again.
      """),
    Explanation(
      "E0457", "a transaction would not do any more what it has told",
      """
      Between 'begin' and 'commit' at a prompt nobody else is kept waiting. Where others have \
      committed meanwhile, the statements that write are computed again at the commit. If each \
      still does exactly what was told, they are committed; if one does anything else, the \
      transaction is rolled back, and the message says what came in between and what is different.
      """),
    Explanation(
      "E0458", "a transaction's changes could not be kept",
      """
      A snapshot turned out damaged while the transaction was open, and others had gone on \
      meanwhile. Nothing of it was committed, and nothing that was committed before is lost.
      """),
    Explanation(
      "E0459", "interrupted",
      """
      Ctrl-C came while the statement looked through the agency. It changed nothing.
      """),
    Explanation(
      "E0460", "a file without keys",
      """
      Rows are matched with the store by id, or by name where the file has no ids. This file \
      has neither column.
      """),
    Explanation(
      "E0461", "the column to match by is missing",
      """
      'matching id' and 'matching name' want that column in the file.
      """),
    Explanation(
      "E0462", "a row without a key",
      """
      Every row says which subaccount it is about. This one's id, or name, is empty.
      """),
    Explanation(
      "E0463", "the same key twice",
      """
      Two rows of the file are about the same subaccount. Which of them is right can't be \
      known, so nothing was imported.
      """),
    Explanation(
      "E0464", "a new subaccount without a name",
      """
      An id that the store does not have makes a new subaccount, and that needs a name.
      """),
    Explanation(
      "E0465", "the name is of several subaccounts",
      """
      The row matches by a name that several subaccounts of the store have. Match by id, or \
      rename one of them.
      """),
    Explanation(
      "E0466", "the id belongs to another",
      """
      The file matches by name, and a new row brings an id that a subaccount of another name \
      has.
      """),
    Explanation(
      "E0467", "another type than the store's",
      """
      The attribute has one type in the store, and all its values in the file together read as \
      another. Give the column the store's type, or another name.
      """),
    Explanation(
      "N0425", "a value that occurs nowhere",
      """
      No subaccount has this value, so the comparison selects nobody. The note names values \
      that are near.
      """),
    Explanation(
      "N0426", "'=' takes a star as it is",
      """
      '=' compares exactly. For any run of characters write '~'.
      """),
    Explanation(
      "N0427", "deleted ones had this name too",
      """
      A question about the past finds who has the name now. Subaccounts that were deleted since \
      had it too: name one of those by its id.
      """),
    Explanation(
      "N0428", "groups are left out",
      """
      A chart has room for so many groups, and there are more: it shows the largest. Narrow the \
      question with 'of where …' to see others.
      """),
    Explanation(
      "N0441", "left on",
      """
      A wildcard covers a permission that is always enabled. It was passed over.
      """),
    Explanation(
      "N0442", "the default for new ones is changed",
      """
      A new subaccount starts with the permissions of the most recently created one, and this \
      write changed that one's.
      """),
    Explanation(
      "N0443", "the default for new ones moves",
      """
      The most recently created subaccount is another one now, and new ones start with its \
      permissions.
      """),
    Explanation(
      "N0445", "what else would be done",
      """
      A preview's table has permissions. The note counts what else the write would do.
      """),
    Explanation(
      "N0446", "left by an undo",
      """
      An undo puts back only what nothing has touched since. The note lists the rest.
      """),
    Explanation(
      "N0447", "a permission stays",
      """
      The catalogue only grows: an undo of 'create permission' leaves it.
      """),
    Explanation(
      "N0448", "not there then",
      """
      'restore' leaves who did not exist at that moment.
      """),
    Explanation(
      "N0449", "nothing was changed",
      """
      The question before the write was answered with no.
      """),
    Explanation(
      "N0450", "asked again",
      """
      While the question stood, somebody else committed a change. The preview is made anew, so \
      that the answer is about the agency as it is.
      """),
    Explanation(
      "N0451", "somebody else committed meanwhile, and it makes no difference",
      """
      Between 'begin' and 'commit' at a prompt nobody else is kept waiting. What others committed \
      meanwhile comes first; the transaction was computed again on top of it and does exactly what \
      was told, but its changes have later numbers.
      """),
    Explanation(
      "N0470", "stays on",
      """
      The file turns off what is always enabled. It stays on.
      """),
    Explanation(
      "W0444", "a policy would refuse this",
      """
      What the preview shows could not be committed.
      """),
    Explanation(
      "W0468", "ids that look the same",
      """
      Two ids differ only by spaces or by how their letters are encoded. They are kept apart, \
      byte by byte.
      """),
    Explanation(
      "W0469", "matched by name, with another id",
      """
      The store keeps its own id.
      """),
    Explanation(
      "W0471", "shared names",
      """
      Several subaccounts have the same name now. Statements tell them apart by #id.
      """),
  ]
}
