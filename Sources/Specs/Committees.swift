import Foundation

/// Networks that are trained one after the other and averaged, under a name.
public struct CommitteePreset: Sendable, Equatable {
    /// The name, as in `trainspotter train committee`.
    public let name: String
    /// The lines of its networks, without inputs and classes, each with a seed of its own.
    public let members: [String]
    /// The line of the network that learns from their mean; nil where the mean is all that is wanted.
    public let student: String?
    /// What it is for, in some words.
    public let summary: String

    /// All of them, in the order in which they are listed.
    public static let all = [
        CommitteePreset(
            name: "committee", members: members, student: nil,
            summary: "8 networks that see digits in other widths, averaged"),
        CommitteePreset(
            name: "distilled", members: members, student: student, summary: "one network that learns from the committee"
        ),
    ]

    /// The committee of that name, however it is capitalized.
    public static func named(_ name: String) -> CommitteePreset? { all.first { $0.name == name.lowercased() } }

    /// Networks that see digits of different widths err differently: Cireşan et al., "Deep Big Multilayer Perceptrons for
    /// Digit Recognition" (2012).
    private static let forms = [
        "", "deslant=true", "width=10", "width=12", "width=14", "width=16", "width=18", "width=20",
    ]
    private static let members = forms.enumerated().map { number, form in
        "1000relu+bn-500relu+bn epochs=300 \(Presets.recipe) seed=\(number + 1) \(form)"
            .trimmingCharacters(in: .whitespaces)
    }
    private static let student = "2000relu+bn-1500relu+bn-1000relu+bn-500relu+bn epochs=300 \(Presets.recipe)"
}
