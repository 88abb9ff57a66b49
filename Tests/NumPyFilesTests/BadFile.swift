import Testing

/// The bytes of a bad file, and the one line that refuses them.
struct BadFile: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    let message: String

    init(_ description: String, _ bytes: [UInt8], _ message: String) {
        testDescription = description
        self.bytes = bytes
        self.message = message
    }

    init(_ description: String, _ zip: HandmadeZip, _ message: String) {
        self.init(description, zip.bytes, message)
    }

    init(_ description: String, _ entry: HandmadeZip.Entry, _ message: String) {
        self.init(description, HandmadeZip([entry]).bytes, message)
    }
}
