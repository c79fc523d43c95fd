import Diagnostics

/// Statements, and those that steer the others.
extension Printer {
  mutating func statements(_ statements: [Statement]) {
    for statement in statements {
      self.statement(statement)
      output += ";"
    }
  }

  mutating func statement(_ statement: Statement) {
    switch statement.kind {
    case .show(let show): self.show(show)
    case .count(let count): self.count(count)
    case .compare(let compare): self.compare(compare)
    case .why(let why): self.why(why)
    case .chart(let chart): self.chart(chart)
    case .check(let policy):
      word(.check)
      if let policy {
        word(.policy)
        name(policy.value)
      }
    case .help(let topic):
      word(.help)
      if let topic { piece(Spelling.topic(topic.value)) }
    case .write(let write): self.write(write)
    case .preview(let write):
      word(.preview)
      self.write(write)
    case .previewBlock(let statements):
      word(.preview)
      block(statements)
    case .begin: word(.begin)
    case .commit: word(.commit)
    case .rollback: word(.rollback)
    case .letBinding(let binding): letBinding(binding)
    case .assert(let assertion, let message):
      word(.assert)
      self.assertion(assertion)
      if let message {
        word(.else)
        text(message.value)
      }
    case .conditional(let conditional): self.conditional(conditional)
    case .run(let file, let arguments):
      word(.run)
      text(file.value)
      for argument in arguments { value(argument) }
    case .print(let values):
      word(.print)
      list(values) { $0.value($1) }
    case .export(let export): self.export(export)
    }
  }

  private mutating func block(_ statements: [Statement]) {
    piece("{")
    self.statements(statements)
    piece("}")
  }

  private mutating func letBinding(_ binding: LetStatement) {
    word(.let)
    variable(binding.name.value)
    piece("=")
    switch binding.content {
    case .subaccounts(let who):
      word(.subaccounts)
      selection(who)
    case .permissions(let permissions):
      word(.permissions)
      permissionList(permissions)
    case .value(let value): self.value(value)
    case .count(let who):
      word(.count)
      selection(who)
    }
  }

  private mutating func conditional(_ conditional: ConditionalStatement) {
    word(.if)
    assertion(conditional.condition)
    block(conditional.then)
    guard let otherwise = conditional.otherwise else { return }
    word(.else)
    if otherwise.count == 1, case .conditional(let inner) = otherwise[0].kind {
      self.conditional(inner)
    } else {
      block(otherwise)
    }
  }

  private mutating func assertion(_ assertion: Assertion) {
    switch assertion {
    case .quantity(let quantity, let who):
      self.quantity(quantity)
      word(.subaccounts)
      optional(who)
    case .all(let who, let test):
      words(.all, .subaccounts)
      optional(who)
      word(test.verb == .having ? .have : .lack)
      possessed(test)
    }
  }

  private mutating func quantity(_ quantity: Assertion.Quantity) {
    switch quantity {
    case .no: word(.no)
    case .some: word(.some)
    case .exactly(let count): self.count(count.value)
    case .atLeast(let count):
      words(.at, .least)
      self.count(count.value)
    case .atMost(let count):
      words(.at, .most)
      self.count(count.value)
    }
  }

  private mutating func count(_ count: AssertedCount) {
    switch count {
    case .number(let number): self.number(number)
    case .variable(let name): variable(name)
    }
  }
}
