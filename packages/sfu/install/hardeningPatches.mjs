/**
 * Where Medooze believes what it is sent: found by `npm run fuzz` against a build with AddressSanitizer
 * (`CXXFLAGS="-g1 -fsanitize=address"`). Shape as in patches.mjs.
 */
export const hardeningPatches = [
  {
    file: "medooze-media-server-src/src/stunmessage.cpp",
    find: "\t\t\tcase Attribute::MessageIntegrity:\n\t\t\t\thasMessageIntegrity = true;\n\t\t\t\tbreak;\n\t\t\tcase Attribute::FingerPrint:\n",
    replace:
      "\t\t\tcase Attribute::Priority:\n\t\t\t\tif (attrLen != 4) { delete msg; return NULL; }\n\t\t\t\tbreak;\n" +
      "\t\t\tcase Attribute::MessageIntegrity:\n\t\t\t\tif (attrLen != 20) { delete msg; return NULL; }\n" +
      "\t\t\t\thasMessageIntegrity = true;\n\t\t\t\tbreak;\n" +
      "\t\t\tcase Attribute::FingerPrint:\n\t\t\t\tif (attrLen != 4) { delete msg; return NULL; }\n",
    times: 1,
    why: "Attributes that are shorter than what is in them were read beyond their end, before anybody has proved who they are.",
  },
  {
    file: "medooze-media-server-src/src/EventLoop.cpp",
    find: 'const std::function<void(std::chrono::milliseconds)>& callback)\n{\n\t//UltraDebug(">EventLoop::Async()\\n");\n\n\t//If not in the same thread\n\tif (std::this_thread::get_id() != thread.get_id())',
    replace:
      'const std::function<void(std::chrono::milliseconds)>& callback)\n{\n\t//UltraDebug(">EventLoop::Async()\\n");\n\n\t//If not in the same thread\n\tif ((running || thread.joinable()) && std::this_thread::get_id() != thread.get_id())',
    times: 1,
    why: "What was asked of a media thread that has ended was waited for without end: the process hung when what was left was collected.",
  },
  {
    file: "medooze-media-server-src/src/DTLSICETransport.cpp",
    find: "\t\tdtls->Write(data,size);",
    replace:
      "\t\t//Answer to where it comes from: a client of several networks has not chosen among them yet at its first checks\n" +
      "\t\tif (candidate!=active && state!=DTLSState::Connected)\n" +
      "\t\t\tactive = const_cast<ICERemoteCandidate*>(candidate);\n" +
      "\t\tdtls->Write(data,size);",
    times: 1,
    why: "The answer to a hello went to the address of the first check. Where that leads nowhere, it took a second until it was said again.",
  },
];
