/// What names and values can have wrong.
extension Explanation {
  static let ofNames: [Explanation] = [
    Explanation(
      "E0201", "an unknown permission",
      """
      No permission of this store's catalogue has this name. Names ignore case; they are bare \
      (outbound), whole (agent_types.outbound), a label in quotes ("Knowledge Base"), an area \
      (integrations.*), all of them (*), or a saved set ($starter). 'show permissions' lists \
      them. A permission that the platform has added since is made known by 'create \
      permission'.
      """),
    Explanation(
      "E0202", "a name that is more than one permission",
      """
      The bare name is a field of several areas. Write it with its area, as the message lists \
      them.
      """),
    Explanation(
      "E0203", "an unknown area",
      """
      An area is one of the dashboard's tabs: general, agent_types, capabilities, \
      integrations, actions, and those that 'create permission' added.
      """),
    Explanation(
      "E0204", "an unknown attribute",
      """
      No subaccount has ever had an attribute of this name. 'show attributes' lists those that \
      there are, and what type they are. 'set' and 'import' make new ones.
      """),
    Explanation(
      "E0205", "an unknown variable or saved set",
      """
      Nothing is called so here. 'let' makes a variable for the run, 'define' saves a set in \
      the store, --set and a script's arguments come from the command line. A variable is \
      known from the statement on that makes it.
      """),
    Explanation(
      "E0206", "a variable of another kind",
      """
      The variable holds something else than what is wanted at this place: subaccounts, \
      permissions, or a value.
      """),
    Explanation(
      "E0207", "an unknown policy",
      """
      No policy has this name. 'show policies' lists them.
      """),
    Explanation(
      "E0208", "an unknown column",
      """
      'columns' and 'sort by' take what a listing has: for subaccounts that is id, name, \
      created, every attribute, permission_count, changed, changed_by, protected, and every \
      permission.
      """),
    Explanation(
      "E0209", "the permission exists already",
      """
      The catalogue has this permission, maybe in other letters: names match in any case. \
      Nothing needs to be created.
      """),
    Explanation(
      "E0210", "the API field is taken",
      """
      Each field of the Subaccounts API belongs to one permission, or else a request could not \
      say which is meant.
      """),
    Explanation(
      "E0211", "a set defined by itself",
      """
      A saved set may use others, but not itself, not even by way of another.
      """),
    Explanation(
      "E0212", "still used",
      """
      Another saved set or a policy uses this one. Drop that first, or define it anew without \
      it.
      """),
    Explanation(
      "E0213", "a variable in something that is saved",
      """
      What 'define' saves must mean the same tomorrow and to everybody. A variable of this run \
      is gone then: write the selection itself.
      """),
    Explanation(
      "E0214", "a saved definition no longer fits",
      """
      The definition is kept as text and read again whenever it is used. It names something \
      that is not there any more, or has another type now. Define it anew, or drop it.
      """),
    Explanation(
      "E0215", "no help on this",
      """
      'help' lists the topics: the first words of statements, and the parts of statements.
      """),
    Explanation(
      "E0216", "no such change",
      """
      Changes are numbered from 1. 'show changes limit 1' has the newest.
      """),
    Explanation(
      "E0217", "the label is taken",
      """
      A label in quotes names one permission, so no two may have the same.
      """),
    Explanation(
      "E0218", "a permission is not an attribute",
      """
      Permissions are given by 'grant' and taken by 'revoke'; 'set' is for attributes.
      """),
    Explanation(
      "E0219", "an empty label",
      """
      The label is what people see on the dashboard, and what names the permission in quotes. \
      It can't be empty.
      """),
    Explanation(
      "E0220", "a set defined by way of too many",
      """
      A saved set may use others, and these others again, but only a hundred one by way of the \
      other. Define one of them by what it stands for.
      """),
    Explanation(
      "E0301", "a value of another type",
      """
      The attribute holds another type than the value, and they are never converted silently: \
      text, number, true or false, and time are four things. Quotes make a text, digits \
      without quotes a number.
      """),
    Explanation(
      "E0302", "true and false have no order",
      """
      '<' and '>' compare numbers, times and texts. For true or false write '= true' or '= \
      false'.
      """),
    Explanation(
      "E0303", "a pattern on what is no text",
      """
      '~' compares a pattern with a text. Numbers and times are compared by '<', '>' and \
      'between'.
      """),
    Explanation(
      "E0304", "a pattern that can't be read",
      """
      In a pattern '*' is any run of characters, '?' one, '[a-z]' a class, '[!a-z]' its \
      opposite and '{dental,legal}' one of several. Classes and alternatives must be closed, \
      ranges run upwards, and a pattern has at most 256 bytes. A backslash takes the meaning \
      from the character behind it, and is itself written twice in a text.
      """),
    Explanation(
      "E0305", "'within' on what is no time",
      """
      'within 30 days' asks of a time, such as created or changed, how long ago it is.
      """),
    Explanation(
      "E0306", "always enabled",
      """
      The platform keeps this permission on for every subaccount and offers no way to turn it \
      off. A wildcard passes over it and says so; naming it in a 'revoke' would only pretend.
      """),
    Explanation(
      "E0307", "not to be set",
      """
      This is not an attribute but something that the store keeps itself. The message says \
      which statement changes it, where there is one: 'rename' for the name, 'protect' for \
      protected.
      """),
    Explanation(
      "E0308", "no name for an attribute",
      """
      The name would be taken for something else, such as a permission or one of the built-in \
      attributes. Choose another.
      """),
    Explanation(
      "E0309", "set twice",
      """
      One statement gives an attribute one value. Write it once.
      """),
    Explanation(
      "E0310", "no permission is left",
      """
      What follows 'without' takes away everything that stands before it, so the statement \
      would do nothing.
      """),
    Explanation(
      "E0311", "not a number",
      """
      A value from the command line or from --set is text until a number is wanted. This one \
      does not read as a number.
      """),
    Explanation(
      "E0312", "a time out of range",
      """
      The span leads out of the years that a store can hold. Times go from the year 0001 to \
      9999.
      """),
    Explanation(
      "E0313", "not a whole number",
      """
      What counts subaccounts is a whole number that is not negative.
      """),
    Explanation(
      "N0201", "a name with namesakes",
      """
      A bare name that the API uses means that permission: 'actions' is general.actions. The \
      note names the others that are called so.
      """),
    Explanation(
      "N0202", "a new attribute",
      """
      'set' makes an attribute where there was none, of the type of its first value. Where a \
      known attribute has nearly this name, it is probably meant.
      """),
    Explanation(
      "N0203", "a new area",
      """
      'create permission' makes an area where there was none.
      """),
  ]
}
