import DataFormats

/// What holds of every data set that was read.
enum DatasetCheck {
    static func check(_ format: any DatasetFormat, _ input: [UInt8]) throws {
        let contents = try format.load {}
        let outline = try format.outline()
        for part in [contents.train, contents.test].compactMap(\.self) {
            try require(part.pixels.count == part.labels.count * contents.shape.bytes, "images without labels")
            try require(!part.labels.isEmpty && contents.shape.bytes > 0, "nothing was read")
        }
        try require(outline.shape == contents.shape, "an outline of another shape: \(outline.shape)")
        try require(outline.labels == contents.train.labels, "an outline with other labels")
        try require(outline.classNames == contents.classNames, "an outline with other names of classes")
        for name in contents.classNames ?? [] {
            try require(!name.isEmpty && !name.contains(where: \.isNewline), "the name of a class in several lines")
        }
        for note in contents.notes {
            try require(!note.contains(where: \.isNewline), "a note of several lines: \(note)")
        }
        let (path, _) = format.source(of: LabelPlace(.train, contents.train.labels.count - 1))
        try require(!path.isEmpty, "a label without a place")
        let (digests, parts) = (try format.digests().count, contents.test == nil ? 1 : 2)
        try require(digests == format.files.count || digests == parts, "a digest for each file or part")
        try require(!format.python.functions.isEmpty, "no way to read it in Python")
    }
}
