/// How the values of a file become the bytes of pixels, 0 for black.
///
/// The rule: whole numbers up to 1 are parts of 1, up to 16 parts of 16 (as in scikit-learn's digits), up to 255 bytes as
/// they are, and beyond that parts of 65535. With a fraction in any of them, values up to 1 are parts of 1, else of 255.
/// Negative values, and others beyond, are refused: a user can name the values for black and white (`scale=-1..1`).
struct PixelScale: Sendable, Equatable {
    /// A value that is no pixel.
    struct Fault: Error, Equatable {
        /// Which of the ranges it is in.
        let part: Int
        /// The value's place in its part.
        let index: Int
        let expected: String
        let found: String
    }

    let black: Double
    let white: Double
    private let areWhole: Bool

    /// What is asked of a user where the rule does not help.
    private static let hint = "values from 0 to 1, 0 to 255 or 0 to 65535, or scale=LEAST..GREATEST behind the path"

    /// - Parameters:
    ///   - ranges: of all parts of the data set; none is empty.
    ///   - chosen: what the user says of black and white.
    /// - Throws: the first value that is outside.
    init(_ ranges: [NumberRange], chosen: ClosedRange<Double>?) throws(Fault) {
        for (part, range) in ranges.enumerated() {
            guard let index = range.strange else { continue }
            throw Fault(part: part, index: index, expected: "a finite number", found: "none")
        }
        areWhole = ranges.allSatisfy(\.areWhole)
        if let chosen {
            (black, white) = (chosen.lowerBound, chosen.upperBound)
        } else {
            let greatest = ranges.map(\.greatest).max() ?? 0
            let whites: [Double] = areWhole ? [1, 16, 255, 65_535] : [1, 255]
            (black, white) = (0, whites.first { greatest <= $0 } ?? whites[whites.count - 1])
        }
        let expected =
            chosen == nil
            ? Self.hint
            : "a value from \(DatasetOptions.number(black)) to \(DatasetOptions.number(white)), as scale= says"
        for (part, range) in ranges.enumerated() {
            for (value, index) in [(range.least, range.leastIndex), (range.greatest, range.greatestIndex)]
            where value < black || value > white {
                throw Fault(part: part, index: index, expected: expected, found: DatasetOptions.number(value))
            }
        }
    }

    /// Whether bytes stay as they are.
    var isIdentity: Bool { areWhole && black == 0 && white == 255 }

    /// As a part of 255, halves up.
    @inline(__always)
    func byte(_ value: Double) -> UInt8 {
        UInt8(min(255, max(0, ((value - black) * 255 / (white - black) + 0.5).rounded(.down))))
    }

    /// What is said of it; nil where bytes stay as they are.
    var note: String? {
        if isIdentity { return nil }
        let ends = "\(DatasetOptions.number(black)) to \(DatasetOptions.number(white))"
        return black == 0 && white == 255
            ? "pixel values from \(ends) are rounded to whole numbers"
            : "pixel values from \(ends) become 0 to 255"
    }

    /// The same rule in NumPy.
    static func python(_ options: DatasetOptions) -> String {
        let choice =
            options.scale.map {
                "black, white = \(DatasetOptions.number($0.lowerBound)), \(DatasetOptions.number($0.upperBound))"
            } ?? """
                whole = all((array == np.floor(array)).all() for array in arrays)
                    greatest = max(array.max() for array in arrays)
                    black, white = 0, next(end for end in ((1, 16, 255, 65535) if whole else (1, 255)) if greatest <= end)
                """
        return """
            def as_bytes(*arrays):
                \"\"\"Values of pixels as bytes, by the range of all arrays together.\"\"\"
                arrays = [np.asarray(array, "f8") for array in arrays]
                \(choice)
                return [np.floor((array - black) * 255 / (white - black) + 0.5).astype("u1") for array in arrays]
            """
    }
}
