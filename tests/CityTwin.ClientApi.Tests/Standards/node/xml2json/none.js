// As sparkxml: this version of xml2json compiles native code, and only XML needs it.
exports.toJson = () => { throw new Error('the library is used with JSON here'); };
