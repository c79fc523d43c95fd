package import Diagnostics

/// A parsed script: its statements in order, and the source they point into.
package struct Script: Sendable {
  package let source: SourceText
  package let statements: [Statement]

  package init(source: SourceText, statements: [Statement]) {
    self.source = source
    self.statements = statements
  }
}

/// One statement and the text it covers, its final `;` not included.
package struct Statement: Hashable, Sendable {
  /// All but the writes are kept apart, so that a script of a million grants stays small.
  package enum Kind: Hashable, Sendable {
    indirect case show(ShowStatement)
    indirect case count(CountStatement)
    indirect case compare(CompareStatement)
    indirect case why(WhyStatement)
    indirect case chart(ChartStatement)
    /// `check [policy NAME]`
    indirect case check(policy: Placed<Text>?)
    indirect case help(topic: Placed<Text>?)
    case write(WriteStatement)
    indirect case preview(WriteStatement)
    case previewBlock([Statement])
    case begin
    case commit
    case rollback
    indirect case letBinding(LetStatement)
    indirect case assert(Assertion, message: Placed<Text>?)
    indirect case conditional(ConditionalStatement)
    /// `run "other.pql" [VALUE …]`
    indirect case run(file: Placed<Text>, arguments: [Value])
    case print([Value])
    indirect case export(ExportStatement)
  }

  package let kind: Kind
  package let place: Place

  package init(_ kind: Kind, at place: Place) {
    self.kind = kind
    self.place = place
  }
}

/// `let $name = …`.
package struct LetStatement: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case subaccounts(Selection)
    case permissions(PermissionList)
    case value(Value)
    /// `count WHO`
    case count(Selection)
  }

  /// Without its `$`.
  package let name: Placed<Text>
  package let content: Content

  package init(name: Placed<Text>, content: Content) {
    self.name = name
    self.content = content
  }
}

/// What `assert` and `if` ask.
package enum Assertion: Hashable, Sendable {
  package enum Quantity: Hashable, Sendable {
    case no
    case some
    case exactly(Placed<AssertedCount>)
    case atLeast(Placed<AssertedCount>)
    case atMost(Placed<AssertedCount>)
  }

  /// `no subaccounts WHO`; nil means every subaccount.
  case quantity(Quantity, of: Selection?)
  /// `all subaccounts [WHO] have PERMS`: the test's verb is having for `have`, lacking for `lack`.
  case all(Selection?, PermissionTest)
}

/// A count as written in an assertion: a number, or a variable that holds one.
package enum AssertedCount: Hashable, Sendable {
  case number(Int)
  case variable(Text)
}

/// `if … { … } else { … }`.
package struct ConditionalStatement: Hashable, Sendable {
  package let condition: Assertion
  package let then: [Statement]
  /// Nil without an `else`.
  package let otherwise: [Statement]?

  package init(condition: Assertion, then: [Statement], otherwise: [Statement]?) {
    self.condition = condition
    self.then = then
    self.otherwise = otherwise
  }
}
