/// What a person chose in Curves.
public struct CurvesState: Equatable, Sendable {
    /// The epoch under the value cursor, from 1; nil without a cursor.
    public var cursor: Int?
    /// The loss axis.
    public var logarithmic = false

    public init() {}
}
