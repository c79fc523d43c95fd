import Diagnostics

/// Statements that only look, and what leaves the store.
extension Printer {
  mutating func show(_ show: ShowStatement) {
    word(.show)
    switch show.subject {
    case .subaccounts(let who):
      word(.subaccounts)
      optional(who)
    case .card(let subaccount): reference(subaccount)
    case .permissions(let permissions, let who): listed(.permissions, permissions, who)
    case .matrix(let permissions, let who): listed(.matrix, permissions, who)
    case .profiles(let who): listed(.profiles, nil, who)
    case .outliers(let who, let attribute):
      listed(.outliers, nil, who)
      by(attribute)
    case .changes(let filter): changes(filter)
    case .change(let change):
      word(.change)
      number(change.value)
    case .differences(let since, let until, let who):
      word(.differences)
      moments(since: since, until: until)
      of(who)
    case .attributes: word(.attributes)
    case .definitions: word(.definitions)
    case .policies: word(.policies)
    case .store: word(.store)
    }
    options(show.options)
  }

  private mutating func listed(
    _ subject: Keyword, _ permissions: PermissionList?, _ who: Selection?
  ) {
    word(subject)
    if let permissions { permissionList(permissions) }
    of(who)
  }

  mutating func optional(_ who: Selection?) {
    if let who { selection(who) }
  }

  private mutating func of(_ who: Selection?) {
    guard let who else { return }
    word(.of)
    selection(who)
  }

  private mutating func by(_ attribute: AttributeName?) {
    guard let attribute else { return }
    word(.by)
    name(attribute.value)
  }

  private mutating func moments(since: PlacedTime?, until: PlacedTime?) {
    if let since {
      word(.since)
      time(since.value)
    }
    if let until {
      word(.until)
      time(until.value)
    }
  }

  private mutating func changes(_ filter: ChangeFilter) {
    word(.changes)
    of(filter.subaccounts)
    if let permissions = filter.permissions {
      word(.to)
      permissionList(permissions)
    }
    if let actor = filter.actor {
      word(.by)
      text(actor.value)
    }
    moments(since: filter.since, until: filter.until)
  }

  private mutating func options(_ options: ListOptions) {
    if let columns = options.columns {
      word(.columns)
      list(columns) { $0.column($1) }
    }
    if !options.sort.isEmpty {
      words(.sort, .by)
      list(options.sort) { printer, key in
        printer.column(key.column)
        if key.descending { printer.word(.desc) }
      }
    }
    if let limit = options.limit {
      word(.limit)
      number(limit.value)
    }
    asOf(options.asOf)
  }

  private mutating func column(_ column: ColumnName) {
    switch column.kind {
    case .bare(let bare): piece(Spelling.column(bare))
    case .canonical(let area, let field): canonicalName(area, field)
    case .label(let label): text(label)
    }
  }

  private mutating func asOf(_ time: PlacedTime?) {
    guard let time else { return }
    words(.as, .of)
    self.time(time.value)
  }
}

// MARK: - The others

extension Printer {
  mutating func count(_ count: CountStatement) {
    word(.count)
    optional(count.selection)
    switch count.grouping {
    case .attribute(let attribute): by(attribute)
    case .permission: words(.by, .permission)
    case nil: break
    }
    asOf(count.asOf)
  }

  mutating func compare(_ compare: CompareStatement) {
    word(.compare)
    switch compare {
    case .subaccounts(let left, let right):
      reference(left.reference)
      asOf(left.asOf)
      word(.with)
      reference(right.reference)
      asOf(right.asOf)
    case .store(let file):
      words(.store, .with)
      text(file.value)
    }
  }

  mutating func why(_ why: WhyStatement) {
    word(.why)
    reference(why.reference)
    word(why.verb == .having ? .has : .lacks)
    permission(why.permission)
    asOf(why.asOf)
  }

  mutating func chart(_ chart: ChartStatement) {
    word(.chart)
    switch chart {
    case .permissions(let attribute, let who, let asOf):
      word(.permissions)
      by(attribute)
      of(who)
      self.asOf(asOf)
    case .changes(let grouping, let since):
      word(.changes)
      switch grouping {
      case .day: words(.by, .day)
      case .week: words(.by, .week)
      case .actor: words(.by, .actor)
      case nil: break
      }
      moments(since: since, until: nil)
    }
  }

  mutating func export(_ export: ExportStatement) {
    word(.export)
    switch export {
    case .subaccounts(let subaccounts):
      optional(subaccounts.selection)
      word(.to)
      text(subaccounts.file.value)
      if let format = subaccounts.format { self.format(format) }
      if subaccounts.isSpreadsheetSafe { words(.spreadsheet, .safe) }
      asOf(subaccounts.asOf)
    case .requests(let since, let until, let file):
      word(.requests)
      moments(since: since, until: until)
      word(.to)
      text(file.value)
    case .report(let file, let asOf):
      words(.report, .to)
      text(file.value)
      self.asOf(asOf)
    }
  }
}
