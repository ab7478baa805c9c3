/**
 * A way to hand memory that was freed back to the system: malloc keeps it otherwise, as holes between what is still in use,
 * and each burst of connections would leave the process as large as it was at its height.
 */
const wrapper = "medooze-media-server/src/media-server_wrap.cxx";

export const memoryPatches = [
  {
    file: wrapper,
    find: "#include <nan.h>\n",
    replace: "#include <nan.h>\n#ifdef __GLIBC__\n#include <malloc.h>\n#endif\n",
    times: 1,
    why: "glibc's malloc_trim; other C libraries have none.",
  },
  {
    file: wrapper,
    find: "static SwigV8ReturnValue _wrap_MediaServer_EnableUltraDebug(const SwigV8Arguments &args) {\n",
    replace: `struct Trimming
{
	uv_work_t work;
	Nan::Callback callback;
};


static SwigV8ReturnValue _wrap_MediaServer_TrimMemory(const SwigV8Arguments &args) {
  SWIGV8_HANDLESCOPE();
  Trimming *trimming = nullptr;
  if (args.Length() != 1 || !args[0]->IsFunction()) SWIG_exception_fail(SWIG_TypeError, "TrimMemory: whom to tell when it is done");
  trimming = new Trimming();
  trimming->work.data = trimming;
  trimming->callback.Reset(args[0].As<v8::Function>());
  uv_queue_work(Nan::GetCurrentEventLoop(), &trimming->work,
    [](uv_work_t *){
#ifdef __GLIBC__
      malloc_trim(0);
#endif
    },
    [](uv_work_t *work, int){
      Nan::HandleScope scope;
      std::unique_ptr<Trimming> trimming((Trimming*)work->data);
      Nan::AsyncResource resource("medooze:trim");
      trimming->callback.Call(0, nullptr, &resource);
    });
fail:
  SWIGV8_RETURN(SWIGV8_UNDEFINED());
}


static SwigV8ReturnValue _wrap_MediaServer_EnableUltraDebug(const SwigV8Arguments &args) {
`,
    times: 1,
    why: "Off the media threads and off JavaScript's: it looks through all that is free.",
  },
  {
    file: wrapper,
    find: 'SWIGV8_AddStaticFunction(_exports_MediaServer_obj, "EnableUltraDebug", _wrap_MediaServer_EnableUltraDebug, context);\n',
    replace: `SWIGV8_AddStaticFunction(_exports_MediaServer_obj, "EnableUltraDebug", _wrap_MediaServer_EnableUltraDebug, context);
SWIGV8_AddStaticFunction(_exports_MediaServer_obj, "TrimMemory", _wrap_MediaServer_TrimMemory, context);
`,
    times: 1,
    why: "It is made known to JavaScript.",
  },
];
