import Diagnostics

/// Who, which permissions, conditions and values.
extension Printer {
  mutating func selection(_ selection: Selection) {
    switch selection.base {
    case .all: word(.all)
    case .references(let references): list(references) { $0.reference($1) }
    case .filtersAlone: break
    }
    for filter in selection.filters { self.filter(filter) }
  }

  mutating func reference(_ reference: Reference) {
    switch reference.kind {
    case .name(let name): text(name)
    case .id(let id): piece(Spelling.id(id))
    case .variable(let name): variable(name)
    case .those: word(.those)
    }
  }

  private mutating func filter(_ filter: Filter) {
    switch filter {
    case .permissions(let test):
      permissionTest(test)
    case .condition(let condition):
      word(.where)
      self.condition(condition)
    case .exceptReferences(let references):
      word(.except)
      list(references) { $0.reference($1) }
    case .exceptSelection(let selection):
      word(.except)
      piece("(")
      self.selection(selection)
      output += ")"
    }
  }

  private mutating func permissionTest(_ test: PermissionTest) {
    word(test.verb == .having ? .having : .lacking)
    possessed(test)
  }

  /// What follows the verb of a permission test.
  mutating func possessed(_ test: PermissionTest) {
    if test.any { word(.any) }
    permissionList(test.permissions)
  }

  mutating func permissionList(_ permissions: PermissionList) {
    list(permissions.included) { $0.permission($1) }
    guard !permissions.excluded.isEmpty else { return }
    word(.without)
    list(permissions.excluded) { $0.permission($1) }
  }

  mutating func permission(_ permission: PermissionName) {
    switch permission.kind {
    case .bare(let bare): name(bare)
    case .canonical(let area, let field): canonicalName(area, field)
    case .area(let area): piece(Spelling.part(area) + ".*")
    case .everything: piece("*")
    case .label(let label): text(label)
    case .variable(let name): variable(name)
    }
  }

  mutating func canonicalName(_ area: Text, _ field: Text) {
    piece(Spelling.part(area) + "." + Spelling.part(field))
  }
}

// MARK: - Conditions

extension Printer {
  mutating func condition(_ condition: Condition) {
    switch condition {
    case .or(let operands):
      for (index, operand) in operands.enumerated() {
        if index > 0 { word(.or) }
        if case .or = operand { parenthesized(operand) } else { self.condition(operand) }
      }
    case .and(let operands):
      for (index, operand) in operands.enumerated() {
        if index > 0 { word(.and) }
        self.operand(operand)
      }
    case .not(let operand, _):
      word(.not)
      self.operand(operand)
    case .permissions(let test):
      permissionTest(test)
    case .attribute(let test):
      attributeTest(test)
    }
  }

  /// An operand of `and` or `not`, in parentheses where it binds less tightly.
  private mutating func operand(_ operand: Condition) {
    switch operand {
    case .or, .and: parenthesized(operand)
    case .not, .permissions, .attribute: condition(operand)
    }
  }

  private mutating func parenthesized(_ condition: Condition) {
    piece("(")
    self.condition(condition)
    output += ")"
  }

  private mutating func attributeTest(_ test: AttributeTest) {
    name(test.attribute.value)
    switch test.operation {
    case .compare(let comparison, let operand):
      piece(comparison.rawValue)
      value(operand)
    case .matches(let pattern, let negated):
      piece(negated ? "!~" : "~")
      value(pattern)
    case .isIn(let values, let negated):
      if negated { word(.not) }
      word(.in)
      piece("(")
      list(values) { $0.value($1) }
      output += ")"
    case .between(let low, let high):
      word(.between)
      value(low)
      word(.and)
      value(high)
    case .isSet(let negated):
      word(.is)
      if negated { word(.not) }
      word(.set)
    case .within(let amount, let unit):
      word(.within)
      piece(Spelling.number(amount.value))
      self.unit(unit)
    }
  }
}

// MARK: - Values

extension Printer {
  mutating func value(_ value: Value) {
    switch value.kind {
    case .text(let content): text(content)
    case .number(let number): piece(Spelling.number(number))
    case .time(let expression): time(expression)
    case .boolean(let isTrue): word(isTrue ? .true : .false)
    case .unlimited: word(.unlimited)
    case .variable(let name): variable(name)
    }
  }

  mutating func time(_ expression: TimeExpression) {
    switch expression {
    case .moment(let milliseconds, let isDateOnly):
      let time = Moment(clamping: milliseconds)
      piece(isDateOnly ? time.dateText : time.shortest)
    case .now: word(.now)
    case .today: word(.today)
    case .yesterday: word(.yesterday)
    case .ago(let amount, let unit):
      piece(Spelling.number(amount))
      self.unit(unit)
      word(.ago)
    case .change(let number):
      word(.change)
      self.number(number)
    }
  }

  private mutating func unit(_ unit: TimeUnit) {
    switch unit {
    case .minutes: word(.minutes)
    case .hours: word(.hours)
    case .days: word(.days)
    case .weeks: word(.weeks)
    }
  }
}
