import DataFormats

/// Brings an image from a file into the form of a network's data set.
package struct NetworkImage: Sendable, Equatable {
    /// How an image is looked at.
    package enum Reading: Sendable, Equatable {
        /// A pen's stroke is found, and stands as MNIST's digits do; for data sets of signs.
        case stroke
        /// The image is scaled as those of a folder are.
        case picture
    }

    /// The levels that count as a dark ground, at the edges of an image that is taken as it is.
    private static let darkGround: UInt8 = 32

    /// The size that the network takes.
    package let shape: ImageShape
    /// The values that black and white become.
    package let levels: ShownLevels
    /// How images are looked at.
    package let reading: Reading
    /// Whether black and white are exchanged first.
    package let inverts: Bool

    package init(shape: ImageShape, levels: ShownLevels = .full, reading: Reading, inverts: Bool = false) {
        (self.shape, self.levels, self.reading, self.inverts) = (shape, levels, reading, inverts)
    }

    /// Strokes where every class is called by one sign, as digits and letters are, or by the word for a digit, else pictures.
    ///
    /// - Parameter classNames: nil where they are only the numbers, which are taken for digits, as many as there are.
    package static func usualReading(classNames: [String]?) -> Reading {
        guard let classNames, classNames != classNames.indices.map(String.init) else { return .stroke }
        return classNames.allSatisfy { $0.count == 1 || digitWords.contains($0.lowercased()) } ? .stroke : .picture
    }

    /// What folders of digits are called where not by the digit.
    private static let digitWords: Set<String> = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ]

    /// The image as the network sees it: a picture in grey, from black to white; `levels.input` is what is fed of it.
    ///
    /// Where a stroke is looked for, an image of the network's own size with a dark ground at its edges is taken as it is,
    /// unless it is black all over.
    /// One that has the values of a set of low contrast already is stretched as the set's own pictures are.
    ///
    /// - Returns: nil where there is no stroke.
    package func prepared(_ image: GrayImage) -> GrayImage? {
        let picture = levels.holds(image) ? levels.shown(image) : image
        let image = inverts ? picture.inverted : picture
        guard reading == .stroke else { return image.fitted(rows: shape.rows, columns: shape.columns) }
        if image.rows == shape.rows, image.columns == shape.columns, image.background <= Self.darkGround {
            return image.pixels.contains { $0 > 0 } ? image : nil
        }
        return StrokeFinder.ink(in: image).flatMap {
            DigitNormalization.normalized($0, rows: shape.rows, columns: shape.columns)
        }
    }
}
