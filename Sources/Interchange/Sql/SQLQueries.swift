import Diagnostics
import Evaluation
import Language
import Permissions
import Storage

// Questions: each is one query, whose columns are those that `--output csv` has.

extension SQLTranslation {
  mutating func show(
    _ show: ResolvedShow, _ schema: SQLSchema, _ place: Place
  ) throws(Untranslated) {
    let writer = SQLColumns(schema: schema)
    switch show.subject {
    case .subaccounts(let selection):
      try list(
        selection, writer.columns(show.columns) ?? writer.standard, show, schema)
    case .matrix(let permissions, let selection):
      let marks = (permissions?.set ?? schema.table.catalog.all).map { writer.mark($0) }
      try list(
        selection, writer.columns(show.columns) ?? ["s.id", "s.name"] + marks, show, schema)
    case .card(let reference):
      let condition = try one(reference, schema)
      let columns =
        ["s.id", "s.name", "s.created"] + writer.attributes + ["s.protected"]
        + schema.table.catalog.all.map { writer.mark($0) }
      add("select \(columns.joined(separator: ", ")) from subaccounts s where \(condition)")
    case .permissions(let permissions, let selection):
      try report(permissions?.set, of: selection, show, schema)
    case .attributes: attributes(show, schema)
    case .profiles(let selection): try profiles(of: selection, show, schema, place)
    case .outliers(let selection, let attribute):
      try outliers(of: selection, by: attribute, show, schema)
    case .changes: throw Untranslated(problem: .history("show changes"), place: place)
    case .change: throw Untranslated(problem: .history("show change"), place: place)
    case .differences:
      throw Untranslated(problem: .history("show differences"), place: place)
    case .definitions: throw Untranslated(problem: .notHeld("show definitions"), place: place)
    case .policies: throw Untranslated(problem: .notHeld("show policies"), place: place)
    case .store: throw Untranslated(problem: .notHeld("show store"), place: place)
    }
  }

  private mutating func list(
    _ selection: ResolvedSelection, _ columns: [String], _ show: ResolvedShow,
    _ schema: SQLSchema
  ) throws(Untranslated) {
    try expect(selection, schema)
    let conditions = SQLConditions(schema: schema)
    let writer = SQLColumns(schema: schema)
    let keys = show.sort.flatMap { writer.order($0) } + ["s.number"]
    let rest =
      "from subaccounts s where \(try conditions.condition(selection))"
      + " order by \(keys.joined(separator: ", "))" + (show.limit.map { " limit \($0)" } ?? "")
    add("select \(columns.joined(separator: ", ")) \(rest)")
    remember("select s.id \(rest)")
  }

  private mutating func report(
    _ permissions: PermissionSet?, of selection: ResolvedSelection, _ show: ResolvedShow,
    _ schema: SQLSchema
  ) throws(Untranslated) {
    try expect(selection, schema)
    let among = "from subaccounts s where \(try SQLConditions(schema: schema).condition(selection))"
    let flags =
      "case when p.always and p.ui_only then 'always;ui only' when p.always then 'always' "
      + "when p.ui_only then 'ui only' else '' end"
    let have =
      "(select count(*) \(among) and exists (select 1 from grants g "
      + "where g.subaccount = s.number and g.permission = p.number))"
    let set = permissions ?? schema.table.catalog.all
    let all =
      "select p.number, p.permission, p.area, p.label, p.api_field, \(flags) as flags, "
      + "\(have) as have, (select count(*) \(among)) - \(have) as lack from permissions p "
      + "where p.number in (\(SQLConditions.numbers(set)))"
    addReport(all, ReportFields.permissions, show)
  }

  /// A report of few rows: `number` is their own order; so many of its fields are shown unasked.
  mutating func addReport(
    _ query: String, _ fields: [Text], usual: Int? = nil, _ show: ResolvedShow
  ) {
    func field(_ column: ResolvedColumn) -> String? {
      if case .field(let index) = column.kind { dialect.identifier(fields[index]) } else { nil }
    }
    let usual = fields.prefix(usual ?? fields.count).map { dialect.identifier($0) }
    let columns = show.columns?.compactMap(field) ?? usual
    let keys = show.sort.compactMap { key in
      field(key.column).map { "\($0) is null, \($0)\(key.descending ? " desc" : "")" }
    }
    add(
      "select \(columns.joined(separator: ", ")) from (\(query)) r order by "
        + (keys + ["number"]).joined(separator: ", ") + (show.limit.map { " limit \($0)" } ?? ""))
  }

  private mutating func attributes(_ show: ResolvedShow, _ schema: SQLSchema) {
    let parts = schema.table.attributes.enumerated().map { index, definition in
      let column = schema.column(AttributeNumber(index))
      return "select \(index) as number, \(dialect.literal(definition.name)) as attribute, "
        + "\(dialect.literal(Text(definition.type.word))) as type, count(\(column)) as \"set\", "
        + "count(distinct \(column)) as \"distinct\" from subaccounts"
    }
    let none =
      "select 0 as number, null as attribute, null as type, null as \"set\", null as \"distinct\" "
      + "where 1 = 0"
    addReport(
      parts.isEmpty ? none : parts.joined(separator: " union all "), ReportFields.attributes, show)
  }

  mutating func count(_ count: ResolvedCount, _ schema: SQLSchema) throws(Untranslated) {
    try expect(count.selection, schema)
    let conditions = SQLConditions(schema: schema)
    let among = "from subaccounts s where \(try conditions.condition(count.selection))"
    switch count.grouping {
    case nil: add("select count(*) as count \(among)")
    case .permission:
      add(
        "select p.permission, (select count(*) \(among) and exists (select 1 from grants g "
          + "where g.subaccount = s.number and g.permission = p.number)) as count "
          + "from permissions p order by p.number")
    case .attribute(let attribute, let name):
      let value = conditions.value(of: attribute)
      add(
        "select v as \(dialect.identifier(name)), count(*) as count from "
          + "(select \(value) as v \(among)) t group by v order by v is null, v")
    }
  }

  mutating func compare(
    _ comparison: ResolvedComparison, _ schema: SQLSchema
  ) throws(Untranslated) {
    let left = try one(comparison.left.reference, schema)
    let right = try one(comparison.right.reference, schema)
    func has(_ condition: String) -> String {
      "exists (select 1 from grants g join subaccounts s on s.number = g.subaccount "
        + "where \(condition) and g.permission = p.number)"
    }
    add(
      "select p.permission, \(has(left)) as \"left\", \(has(right)) as \"right\" "
        + "from permissions p where \(has(left)) <> \(has(right)) order by p.number")
  }

  mutating func check(_ policies: [ResolvedPolicy], _ schema: SQLSchema) throws(Untranslated) {
    let conditions = SQLConditions(schema: schema)
    var parts: [String] = []
    for (index, policy) in policies.enumerated() {
      let condition = try conditions.condition(policy.selection)
      let names = dialect.joined("s.name", from: "subaccounts s where \(condition)", by: "s.number")
      parts.append(
        "select \(index) as number, \(dialect.literal(policy.name)) as policy, "
          + "not exists (select 1 from subaccounts s where \(condition)) as holds, "
          + "\(names) as violators, \(dialect.literal(policy.reason)) as because")
    }
    let none =
      "select 0 as number, null as policy, null as holds, null as violators, null as because "
      + "where 1 = 0"
    add(
      "select policy, holds, violators, because from "
        + "(\(parts.isEmpty ? none : parts.joined(separator: " union all "))) r order by number")
  }
}

/// Columns of lists of subaccounts.
struct SQLColumns {
  let schema: SQLSchema

  private var conditions: SQLConditions { SQLConditions(schema: schema) }

  var attributes: [String] {
    schema.table.attributes.enumerated().map { index, definition in
      "s.\(schema.column(AttributeNumber(index))) as \(schema.dialect.identifier(definition.name))"
    }
  }

  /// What a list shows that names no columns; attributes that nobody has are among them.
  var standard: [String] { ["s.id", "s.name", "s.created"] + attributes + [permissionCount] }

  private var permissionCount: String {
    "\(conditions.value(of: .permissionCount)) as permission_count"
  }

  func mark(_ permission: PermissionNumber) -> String {
    let name = schema.table.catalog[permission].canonicalName
    return "\(has(permission)) as \(schema.dialect.identifier(name))"
  }

  private func has(_ permission: PermissionNumber) -> String {
    "exists (select 1 from grants g where g.subaccount = s.number "
      + "and g.permission = \(permission.value))"
  }

  func columns(_ columns: [ResolvedColumn]?) -> [String]? {
    columns?.compactMap { column in
      switch column.kind {
      case .attribute(let attribute):
        "\(conditions.value(of: attribute)) as \(schema.dialect.identifier(column.name))"
      case .permission(let permission): mark(permission)
      case .permissions: permissionCount
      case .field: nil
      }
    }
  }

  /// Unset values come last either way.
  func order(_ key: ResolvedSortKey) -> [String] {
    let descending = key.descending ? " desc" : ""
    switch key.column.kind {
    case .attribute(.stored(let number)):
      let column = "s.\(schema.column(number))"
      return ["\(column) is null", column + descending]
    // Those that were changed at one moment come in the order of their changes.
    case .attribute(.changed): return ["s.last_change\(descending)"]
    case .attribute(let attribute): return [conditions.value(of: attribute) + descending]
    case .permission(let permission): return [has(permission) + descending]
    case .permissions: return [conditions.value(of: .permissionCount) + descending]
    case .field: return []
    }
  }
}
