package import Diagnostics

/// What can be wrong with a script before any name in it is looked up.
package enum SyntaxProblem: Problem, Hashable {
  // Characters and words.
  case invalidUTF8(UInt8, offset: Int)
  case forbiddenCharacter(Unicode.Scalar, inText: Bool)
  case oddLetter(Text, Unicode.Scalar)
  case unknownSign(Text, instead: Text)
  case unclosed(Bracket)
  case unknownEscape(Text)
  case noSuchCodePoint(Text)
  case malformedNumber
  case numberOutOfRange
  case malformedTime(Text)
  case idMissing
  case variableNameMissing
  case malformedVariable
  case emptyName
  case nameTooLong
  // Statements.
  case statementTooLong
  case scriptTooLong
  case nestedTooDeep
  case unknownStatement(Found, near: Keyword?)
  case expected(Wanted, found: Found, near: Keyword?)
  case unexpected(Found, near: Keyword?)
  case repeated(Keyword)
  case reservedName(Keyword)
  case bareText(Text, near: Keyword?)
  case comparedWithNull(AttributeText, negated: Bool)
  /// `plan is "pro"`.
  case comparedWithIs(negated: Bool)
  /// `minutes_used > max_minutes`.
  case comparedAttributes(AttributeText)
  case reversedRange
  case spacedDot
  case tooManyMistakes

  /// What was opened and never closed.
  package enum Bracket: Hashable, Sendable {
    case text
    case name
    case block
    case parenthesis
  }

  /// An attribute as the user wrote it, for a message that repeats it.
  package typealias AttributeText = Text

  /// What stands where something else was wanted.
  package enum Found: Hashable, Sendable {
    case source(Text)
    case lineEnd
    case endOfInput
  }

  /// What the grammar wants at some place.
  package enum Wanted: Hashable, Sendable {
    case word(Keyword)
    /// The word before whom a statement concerns.
    case target(Keyword)
    case sign(String)
    case selection
    case reference
    case permission
    case newPermission
    case attribute
    case column
    case test
    case comparison
    case value
    case time
    case unit
    case text
    case number
    case wholeNumber
    case variable
    case policyName
    case topic
    case showSubject
    case chartSubject
    case exportSubject
    case definitionKind
    case letContent
    case creation
    case quantity
    case fileFormat
    case importKey
    case changeGrouping
    case permissionVerb
    case possession
    case write
    case permissionOrWhat
  }
}

extension SyntaxProblem {
  package var status: ExitStatus { .unusable }

  package var code: String {
    switch self {
    case .invalidUTF8: "E0101"
    case .forbiddenCharacter: "E0102"
    case .oddLetter: "E0103"
    case .unknownSign: "E0104"
    case .unclosed: "E0105"
    case .unknownEscape: "E0106"
    case .noSuchCodePoint: "E0107"
    case .malformedNumber: "E0108"
    case .numberOutOfRange: "E0109"
    case .malformedTime: "E0110"
    case .idMissing, .variableNameMissing, .malformedVariable, .emptyName: "E0111"
    case .nameTooLong: "E0112"
    case .statementTooLong: "E0113"
    case .nestedTooDeep: "E0114"
    case .scriptTooLong: "E0115"
    case .unknownStatement: "E0120"
    case .expected: "E0121"
    case .unexpected: "E0122"
    case .repeated: "E0123"
    case .reservedName: "E0124"
    case .bareText: "E0125"
    case .comparedWithNull: "E0126"
    case .reversedRange: "E0127"
    case .spacedDot: "E0128"
    case .tooManyMistakes: "E0129"
    case .comparedWithIs: "E0130"
    case .comparedAttributes: "E0131"
    }
  }
}
