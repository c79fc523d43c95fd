import Diagnostics
import Language
import Permissions
import Storage

extension Resolver {
  mutating func show(_ show: ShowStatement, place: Place) -> ResolvedStatement.Kind? {
    let subject: ResolvedShow.Subject?
    var fields: [Text]?
    switch show.subject {
    case .subaccounts(let who): subject = selection(who, place: place).map { .subaccounts($0) }
    case .card(let reference): subject = self.reference(reference).map { .card($0) }
    case .permissions(let list, let who):
      fields = ReportFields.permissions
      subject = report(list, of: who, place: place).map { .permissions($0.0, of: $0.1) }
    case .matrix(let list, let who):
      subject = report(list, of: who, place: place).map { .matrix($0.0, of: $0.1) }
    case .attributes: (subject, fields) = (.attributes, ReportFields.attributes)
    case .definitions: (subject, fields) = (.definitions, ReportFields.definitions)
    case .policies: (subject, fields) = (.policies, ReportFields.policies)
    case .store: subject = .store
    case .profiles(let who):
      fields = ReportFields.profiles
      subject = selection(who, place: place).map { .profiles(of: $0) }
    case .outliers(let who, let attribute):
      fields = ReportFields.outliers
      let selection = selection(who, place: place)
      let group = attribute.map { self.attribute($0)?.attribute }
      if case .some(nil) = group { return nil }
      subject = selection.map { .outliers(of: $0, by: group ?? nil) }
    case .changes(let filter):
      fields = ReportFields.changes
      subject = changes(filter, place: place).map { .changes($0) }
    case .change(let number): (subject, fields) = (.change(number), ReportFields.change)
    case .differences(let since, let until, let who):
      fields = ReportFields.differences
      subject = differences(since, until, of: who)
    }
    let columns = all(show.options.columns ?? []) { $0.column($1, of: fields) }
    let sort = all(show.options.sort) { resolver, key in
      resolver.column(key.column, of: fields).map {
        ResolvedSortKey(column: $0, descending: key.descending)
      }
    }
    guard let moments = moments([show.options.asOf]), let subject, let sort, let columns else {
      return nil
    }
    return .show(
      ResolvedShow(
        subject: subject, columns: show.options.columns.map { _ in columns }, sort: sort,
        limit: show.options.limit?.value, asOf: moments[0]))
  }

  private mutating func report(
    _ list: PermissionList?, of who: Selection?, place: Place
  ) -> (ResolvedPermissions?, ResolvedSelection)? {
    let permissions = list.map { self.permissions($0) }
    guard let selection = selection(who, place: place) else { return nil }
    switch permissions {
    case .some(nil): return nil
    case .some(let permissions?): return (permissions, selection)
    case nil: return (nil, selection)
    }
  }

  /// A column of subaccounts, or where `fields` are given, of a report.
  private mutating func column(_ column: ColumnName, of fields: [Text]?) -> ResolvedColumn? {
    if let fields { return field(column, of: fields) }
    switch column.kind {
    case .bare(let name): return self.column(name, at: column.place)
    case .canonical(let area, let field):
      return permission(area: area, field: field, at: column.place).flatMap {
        self.column($0.set, at: column.place)
      }
    case .label(let label):
      return permission(label: label, at: column.place).flatMap {
        self.column($0.set, at: column.place)
      }
    }
  }

  /// An attribute before a permission of the same name.
  private mutating func column(_ name: Text, at place: Place) -> ResolvedColumn? {
    let folded = Resolver.folded(name)
    if scope.attributes[folded] != nil || Resolver.builtIn[folded] != nil,
      let known = knownAttribute(folded)
    {
      return ResolvedColumn(name: folded, kind: .attribute(known.attribute), place: place)
    }
    if folded == "permissions" {
      return ResolvedColumn(name: folded, kind: .permissions, place: place)
    }
    switch scope.catalog.lookup(bareName: name) {
    case .one, .preferred, .ambiguous:
      return permission(bareName: name, at: place).flatMap { column($0.set, at: place) }
    case .unknown: break
    }
    if let late = knownAttribute(folded) {
      return ResolvedColumn(name: folded, kind: .attribute(late.attribute), place: place)
    }
    let names = attributeNames + ["permissions"] + scope.catalog.permissions.map(\.field)
    report(
      ResolverProblem.unknownColumn(name, nearest: Suggestion.nearest(to: folded, among: names)),
      at: place)
    return nil
  }

  private func column(_ set: PermissionSet, at place: Place) -> ResolvedColumn? {
    var numbers = set.makeIterator()
    guard let number = numbers.next() else {
      return scope.isOpen
        ? ResolvedColumn(name: "permissions", kind: .permissions, place: place) : nil
    }
    return ResolvedColumn(
      name: scope.catalog[number].canonicalName, kind: .permission(number), place: place)
  }

  private mutating func field(_ column: ColumnName, of fields: [Text]) -> ResolvedColumn? {
    let name: Text
    switch column.kind {
    case .bare(let text), .label(let text): name = text
    case .canonical(let area, let field): name = "\(area).\(field)"
    }
    let folded = Resolver.folded(name)
    if let index = fields.firstIndex(of: folded) {
      return ResolvedColumn(name: folded, kind: .field(index), place: column.place)
    }
    report(
      ResolverProblem.unknownColumn(name, nearest: Suggestion.nearest(to: folded, among: fields)),
      at: column.place)
    return nil
  }

  mutating func count(_ count: CountStatement, place: Place) -> ResolvedStatement.Kind? {
    let selection = selection(count.selection, place: place)
    var grouping: ResolvedCount.Grouping?
    switch count.grouping {
    case .attribute(let name):
      guard let known = attribute(name) else { return nil }
      grouping = .attribute(known.attribute, name: Resolver.folded(name.value))
    case .permission: grouping = .permission
    case nil: break
    }
    guard let moments = moments([count.asOf]), let selection else { return nil }
    return .count(ResolvedCount(selection: selection, grouping: grouping, asOf: moments[0]))
  }

  mutating func check(_ policy: Placed<Text>?) -> ResolvedStatement.Kind? {
    guard let policy else {
      let policies = scope.policies
      return all(policies) { $0.policy($1, at: Place(0, 0)) }.map { .check($0) }
    }
    return policyDefinition(policy).flatMap { self.policy($0, at: policy.place) }.map {
      .check([$0])
    }
  }

  mutating func help(_ topic: Placed<Text>?) -> ResolvedStatement.Kind? {
    guard let topic, HelpTopic.named(topic.value) == nil else { return .help(topic: topic) }
    let nearest = Suggestion.nearest(to: topic.value, among: HelpTopic.all.map(\.name))
    report(ResolverProblem.unknownTopic(topic.value, nearest: nearest), at: topic.place)
    return nil
  }

  mutating func assertion(_ assertion: Assertion, place: Place) -> ResolvedAssertion? {
    switch assertion {
    case .all(let who, let test):
      let selection = selection(who, place: place)
      guard let test = permissionTest(test), let selection else { return nil }
      return .all(selection, test, as: assertion)
    case .quantity(let quantity, let who):
      let selection = selection(who, place: place)
      let amount: ResolvedAssertion.Quantity?
      switch quantity {
      case .no: amount = .exactly(0)
      case .some: amount = .atLeast(1)
      case .exactly(let count): amount = self.count(count).map { .exactly($0) }
      case .atLeast(let count): amount = self.count(count).map { .atLeast($0) }
      case .atMost(let count): amount = self.count(count).map { .atMost($0) }
      }
      guard let amount, let selection else { return nil }
      return .quantity(amount, of: selection, as: assertion)
    }
  }

  /// How many: a number, or a variable that holds one.
  private mutating func count(_ count: Placed<AssertedCount>) -> Int? {
    guard case .variable(let name) = count.value else {
      if case .number(let number) = count.value { return number }
      return nil
    }
    guard let value = value(Value(.variable(name), at: count.place)) else { return nil }
    let number: Double?
    switch value {
    case .number(let written): number = written
    case .loose(let text):
      if case .number(let written)? = LooseValue(text) {
        number = written
      } else {
        number = nil
      }
    default: number = nil
    }
    if let number, let whole = Int(exactly: number), whole >= 0 { return whole }
    report(ResolverProblem.notCountable(variable: name), at: count.place)
    return nil
  }

  mutating func letBinding(_ binding: LetStatement) -> ResolvedStatement.Kind? {
    let content: ResolvedLet?
    switch binding.content {
    case .subaccounts(let who): content = selection(who).map { .subaccounts($0) }
    case .permissions(let list): content = permissions(list).map { .permissions($0.set) }
    case .value(let value): content = self.value(value).map { .value($0) }
    case .count(let who): content = selection(who).map { .count($0) }
    }
    return content.map { .letBinding(name: binding.name, $0) }
  }

  mutating func export(_ export: ExportStatement, place: Place) -> ResolvedStatement.Kind? {
    switch export {
    case .subaccounts(let export):
      guard let selection = selection(export.selection, place: place),
        let moments = moments([export.asOf])
      else { return nil }
      return .export(
        ResolvedExport(
          selection: selection, file: export.file, format: export.format,
          isSpreadsheetSafe: export.isSpreadsheetSafe, asOf: moments[0]))
    case .requests(let since, let until, let file):
      guard let moments = moments([since, until]), let first = moments[0] else { return nil }
      return .exportRequests(ResolvedRequests(since: first, until: moments[1], file: file))
    case .report(let file, let asOf):
      return moments([asOf]).map { .exportReport(file: file, asOf: $0[0]) }
    }
  }
}
