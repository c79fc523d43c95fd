package import Diagnostics
package import Storage

extension ResolvedAttribute {
  /// What every subaccount has besides its stored attributes, by name and type.
  package static let builtIn: [(name: Text, attribute: ResolvedAttribute, type: AttributeType)] = [
    ("id", .id, .text),
    ("name", .name, .text),
    ("created", .created, .time),
    ("permission_count", .permissionCount, .number),
    ("changed", .changed, .time),
    ("changed_by", .changedBy, .text),
    ("protected", .protected, .boolean),
  ]

  /// What files call other things than attributes, besides the names of `builtIn`.
  package static let fileWords: Set<Text> = ["permissions", "subaccount_id", "subaccount_name"]

  /// What the platform's responses carry and nobody may keep.
  package static let secrets: Set<Text> = ["api_key", "sign_in_link", "twilio_auth_token"]

  /// Nil for a stored attribute, whose name the table knows.
  package var builtInName: Text? {
    ResolvedAttribute.builtIn.first { $0.attribute == self }?.name
  }
}
